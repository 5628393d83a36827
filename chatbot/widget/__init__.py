"""The assistant on other people's sites: a loader there, a frame of ours in it, and no cookies.

What keeps whom out:

- **A site that is not listed** cannot show the frame: `frame-ancestors` names the embed's origins,
  and the browser of the shopper enforces it. No server can check that by itself, for the frame's
  own requests come from our origin whatever page is around it. So nothing that the frame is given
  is worth more than what any visitor gets by asking; what is worth more needs `identify`.
- **A script of a foreign page** that asks for a token itself sends its own Origin and is refused;
  it could not read the answer either. The same holds for the socket (`routing.OriginGate`).
- **A page that is signed in with our cookies** lends them to nobody: neither the token's address
  nor the socket looks at a cookie. Therefore there is nothing to forge a request with, and no CSRF
  token. Orders of a shopper are shown in a frame only after the site has vouched for the shopper.
- **The site around the frame** may open and close it and say who its shopper is. It reads neither
  the transcript nor, as a rule, the token by which the conversation is resumed. That lies in the
  frame's own storage, which browsers part by the site around it. Only where they refuse it
  altogether is it left with the site, whose scripts could then read a guest's conversation; that of
  a shopper who was vouched for cannot be opened with it alone.
- **Messages between the two** name exact origins and a version, and each side looks at who sent
  them. They are a closed vocabulary (`static/widget/frame.js` and `loader.js`).
- **Addresses** carry the public key alone. Tokens travel in bodies and frames.
"""
