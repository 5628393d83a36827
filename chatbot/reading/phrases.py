"""Phrases that tell what is asked: what they settle, and what is asked by them alone."""

from __future__ import annotations

import re

from .quantities import SUM

SAID = {
    "availability": re.compile(
        r"\bin stock\b|\bsold out\b|\bout of stock\b|\b(?:any|many|some) .{0,40}\bleft\b"
        r"|\bavailab|\b(?:have|got|get|do you do) any\b|\bstill (?:have|got|there|in|sell)"
        r"|\bgot (?:one|any|some|it)\W*$|\bin yet\b"
        r"|\brestocked\b|\bgot (?:an? |it |any )?(?:\w+ )?in\b"
        r"|\b(?:is|are) (?:\w+ ){1,4}(?:even |still |back |currently )?in(?: now| yet)?\W*$"
    ),
    "where_is_it": re.compile(
        r"\beta\b|\bwhen'?s it (?:landing|arriving|coming|here)\b|\bon (?:its|the) way\b"
        r"|\b(?:has|have|is|was|did)(?:n'?t)? (?:my|the) .{0,40}"
        r"\b(?:arrived?|ship(?:ped)?|dispatched|left|gone out|delivered|sent|turned up|shown up)\b"
        r"|\b(?:have|hav|hv|did|has) (?:you|u|ya|they) (?:guys )?(?:posted?|sen[dt]|ship(?:ped)?"
        r"|dispatch(?:ed)?|mail(?:ed)?)(?= (?:it|my|the|them|out|off|yet)\b|\W*$)"
        r"|\bany (?:update|news) on\b|\bstill (?:not|hasn'?t|has not) (?:ship|arriv|come|been)"
    ),
    "option": re.compile(
        r"\b(?:what|which|how many) (?:other )?(?:colou?r|size|version|length|flavou?r|shade)s? "
        r"(?:\w+ ){1,5}(?:come|in|have|available|get)\b"
        r"|\b(?:come|comes|available) in(?: what| which)?\W*$"
        r"|\b(?:what|which) (?:other |\w+ )?(?:colou?r|size|version|length|flavou?r|shade|scent)s "
        r"(?:are there|(?:do|have) (?:you|u) (?:do|have|got|get|sell|stock|make|offer))\b"
    ),
    "attribute": re.compile(r"\bincl(?:uded|udes)?\b|\bcomes? with\b|\bin the box\b"),
    "restock": re.compile(
        r"\bback in(?: stock)?\b|\bre-?stock|\bexpect (?:more|them|it)\b|\bmore coming\b"
    ),
    "price": re.compile(
        r"\brun me\b|\bset me back\b|\bgo for\b|\$\$|\bcosts?\b|\bprice"
        r"|\b(?:used to be|was it|was that|was this) (?:more|less|dearer|cheaper)\b"
        r"|\bhow much (?:do|would|will|can) i save\b|\b(?:the|any) savings?\b"
        rf"|\bhow mu(?:t)?ch (?:is|are|for|does|do|would|will)\b|{SUM}"
    ),
}
REDUCED = r"(?:the |it was |they were )?(?:sale|reductions?|reduced|discount(?:ed)?|marked down)"
# What a thing cost, of which one takes it that it has come down.
IT = r"(?:it|they|that|this|these|those|the (?:\w+ )?one)"
WAS = (
    rf"\bwh?[ai]t (?:(?:was|were|wis|did) {IT}(?: cost| go for| sell for)?|{IT} (?:was|were|cost))"
    r" (?:before(?! (?!you (?:mark|reduc|cut|dropp))\w)|b4|afore|originally|previously)\b"
)
PLAIN = (
    ("human", "human", re.compile(
        r"^\W*(?:(?:a|an|live|real|human|customer|service) )*"
        r"(?:representative|agent|operator|human|person|advisor)(?: please| pls| now)?\W*$"
        r"|\b(?:let me|i want to|i wanna|i(?:'d| would) like to|i need to|(?:can|could|may) i) "
        r"(?:please |just )?(?:talk|speak|chat) (?:to|with) (?:an? |some )?"
        r"(?:real |actual |live |human )*(?:person|human|someone|somebody|agent|representative)\b"
        r"|\b(?:put|get) (?:\w+ ){1,4}on(?: the (?:phone|line|chat))?\W+(?:(?:please|pls)\W+)?"
        r"(?:not|no|instead of) (?:an? |the |this |another )?(?:ro)?bots?\b"
        r"|\b(?:put|get|pass|hand) me (?:straight |right )?(?:through|over|on) to"
        r" (?!the (?:page|site))"
        r"|^\W*(?:(?:please|hi|hello|hey|sorry|just) )*no (?:more )?(?:ro|chat ?)?bots?\b"
    )),
    ("order_status", "ship_cost", re.compile(
        r"\b(?:what|how much) (?:did|have|was) i (?:pay|paid|charged|spend|spent) (?:\w+ ){0,2}?"
        r"(?:for|on) (?:the |its |my )?(?:shipping|delivery|postage)(?=\W*$| (?:of|on|for|to|in)\b)"
    )),
    ("shipping", "ship_cost", re.compile(
        r"^(?!.*\b(?:weekends?|holidays?|christmas|\w+days?|week|morning|evening|time|\d+(?:st|nd|rd|th))\b)"
        r"\W*(?:(?:and|n|so|ok) )*(?:the )?(?:(?:delivery|shipping|postage) (?:for|of)|postage on)"
        r" (?:that|this|it|them|those|(?:the|your) [\w -]{2,40})(?: is| then)?\W*$"
    )),
    ("return_refund", "refund_status", re.compile(
        r"\bhow much (?:did|have|has|was|were) (?:[\w'’]+ ){0,6}?(?:refund(?:ed)?"
        r"|(?:gi?ven?|gave|paid|pay|sent|send|got|get) (?:\w+ )?back)\b"
        r"|\b(?:you|u|ye|they)(?:'ve| have)? refunded\b.*\bhow much\b"
    )),
    ("order_status", "what_ordered", re.compile(
        r"\b(?:list|all|show me|which) (?:of )?(?:all )?my .{0,12}\borders\b|\bmy open orders?\b"
        r"|^\W*(?:my|all) (?:recent |past )?orders\b|\blist what i (?:have|ve|ordered)\b"
        r"|\b(?:what|how much) (?:did|have) i (?:pay|paid|spend|spent|order|ordered|buy|bought)\b"
    )),
    ("order_status", "where_is_it", re.compile(
        r"\bwhere(?:'?s| is| are|'?re)? (?:the hell |on earth )?my\b"
        r"|\bstill (?:not|hasn'?t|haven'?t|isn'?t|aren'?t) (?:been )?"
        r"(?:sent|shipped|here|arrived|come|delivered|dispatched|left|turned up)\b"
        r"|\b(?:what'?s up with|what happened (?:to|with)|any news (?:on|about|of)) my\b"
        r"|\b(?:was|is|has|did) my (?:payment|transfer) (?:been |all )?(?:ok(?:ay)?|fine|good|gone"
        r"|go|come|came|received|accepted|successful|arrived?|clear(?:ed)?)\b|\bis my order paid\b"
        r"|\b(?:did|have) (?:you|u|ya) (?:get|got|received?) my (?:payment|transfer)\b"
    )),
    ("promotion", "sale", re.compile(
        r"\b(?:what|which|anything|any)\b.{0,25}"
        r"\b(?:marked down|on sale|reduced|on offer|clearance)\b"
    )),
    ("product_search", "search", re.compile(
        r"\bwhat else(?: do you (?:have|sell)| have you(?: got)?| is there| you got)?\W*$"
        r"|\b(?:got|have|show me|see) anything else\b|\banything else (?:in|like|under|similar)\b"
        r"|\b(?:any|show me|got) (?:other|more) (?:ones|options|ideas)\b"
        r"|\balternatives?\b(?! (?:\w+ )?(?:payment|way|address|date|contact))"
        r"|\b(?:anything|something) (?!to \w+ for|else)(?:\w+ ){0,4}for"
        r" (?!us\b|me\b|(?:\w+ )?(?:nurses|students|veterans|seniors|teachers))"
    )),
    ("product_question", "price", re.compile(
        rf"^\W*(?:(?:and|n|ok|so) )*(?:what|how) ?about before {REDUCED}\W*$"
        rf"|^\W*(?:(?:and|n|ok|so|price|cost) )*before {REDUCED}\W*$"
        r"|\b(?:what|wh?at|how much|price)\b.{0,20}\b(?:was|were)\b[^.?!]{0,30}"
        rf"\b(?:before|b4) {REDUCED}|\boriginal(?:ly)? price\b|\bprice (?:before|b4)\b"
        rf"|^(?=.*\b(?:now|noo|at present|currently|today)\b).*{WAS}|{WAS}\W*$"
    )),
    ("product_question", "attribute", re.compile(
        r"\bhow much (?!money|cash|cost|postage|shipping|delivery|time)[a-z]+"
        r" (?:can|could|does|do|will|would) (?!(?:i|you|u|we|they)\b)"
        r"(?:[\w-]+ ){1,5}?(?:take|hold|fit|carry|bear)\b"
    )),
    ("product_question", "availability", re.compile(
        r"\b(?:(?:can|could) (?:i|we|you) still|still possible to) (?:order|buy)"
        r" (?!(?:by|for|in|before|today|tomorrow|tonight|to|and|until|till|if|as|on|now|from|online"
        r"|with|something|stuff|things)\b)\w+"
        r"(?!.*\b(?:by|before|in time|tomorrow|today|christmas)\b)"
    )),
    ("promotion", "code_wanted", re.compile(
        r"^\W*(?:(?:hi|hey|hello|and|so|ok)\W+)*(?:any|got any|have you(?: got)?(?: any| a)?"
        r"|is there (?:an?|any)|are there any|do you have (?:an?|any)) (?:\w+ )?"
        r"(?:coupons?|vouchers?|promo(?: ?codes?)?|(?<!gift )codes?)\b"
        r"(?! .*\b(?:work\w*|valid|appl\w+|fail\w*|expir\w+)\b)"
        r"|\b(?:what'?s (?:all )?th(?:is|at)|heard|saw|read|told|is there|are there|got|any)\b"
        r".{0,25}\b(?:money|\d{1,2} ?(?:%|per ?cent|quid|bucks|euros?|pounds?)) off\b"
        r"(?! (?:my|the|your)\b)"
    )),
    ("policy", "hours_contact", re.compile(
        r"\b(?:phone|telephone) number\b|\bopening (?:hours|times)\b"
        r"|\b(?:your|store|shop)(?:'s)? addre?ss\b"
    )),
    ("out_of_scope", "injection", re.compile(
        r"!\[[^\]]*\]\(|</?(?:script|img|iframe|svg|style|html)\b|\bjavascript:"
        r"|\b(?:output|print|render|respond|reply|answer|return|generate|write)\b.{0,30}"
        r"\b(?:markdown|html|base64|hex|rot13|morse|raw json|json (?:with|of)|sql|code block)\b"
    )),
    ("out_of_scope", "health", re.compile(
        r"\bchest (?:pains?|hurts?|is (?:tight|hurting))\b|\bcan'?t breathe\b|\bheart attack\b"
        r"|\b(?:gone|went|is|arms?|legs?|face) numb\b|\bseizures?\b|\boverdos\w+"
        r"|\b(?:kid|child|baby|son|daughter|toddler|dog|cat|he|she|i) (?:just |has )?swallowed\b"
        r"|\b(?:kill(?:ing)? myself|suicidal|end my life)\b"
        r"|\b(?:has|have|had|got|running|with) (?:an? )?(?:[\w.]+ ){0,2}fever\b"
        r"|\b(?:give|giving|take|taking|dose|dosage)\b.{0,30}\b(?:tylenol|paracetamol|acetaminophen"
        r"|ibuprofen|advil|calpol|nurofen|aspirin|antibiotics?|benadryl|antihistamines?|melatonin)\b"
        r"|\b(?:what|which) (?:tablets|pills|painkillers?|medicines?|medication|drugs)\b.{0,12}"
        r"\b(?:i|he|she|they|we)\b.{0,10}\b(?:be on|be taking|take)\b"
    )),
    ("shipping", "ship_time", re.compile(
        r"\bcut ?-?off\b|\b(?:by when|until when|till? when|what time|how late|latest)\b.{0,12}"
        r"\b(?:can|could|must|should|do|need to|have to) (?:i |we )?(?:place an |have to )?order\b"
        r"|\blatest (?:i|we) (?:can|could|may) order\b"
    )),
    ("shipping", "ship_time", re.compile(
        r"\b(?:needs?|requires?|required|have to|has to|must)\b.{0,25}"
        r"\b(?:signatures?(?! (?!at|on|for|when|from)\w)"
        r"|sign for (?:it|them|that|the|an?|my|parcels?|deliver\w+|orders?)\b)"
        r"|\b(?:parcels?|delivery|deliveries|post|orders?|it|be|get) signed for\b"
    )),
    ("smalltalk", "joke", re.compile(
        r"\b(?:tell|know|got|have) (?:me |us |you |any )?(?:an?|another|some)? ?(?:\w+ )?jokes?\b"
    )),
    ("smalltalk", "your_name", re.compile(
        r"\bwhat(?:'?s| is| are| do i call)? (?:ur|your|you)(?:r)? (?:called|name)\b"
        r"|\bwhats ur name\b|\bdo you have a name\b|\byour name\?"
    )),
    ("smalltalk", "can_do", re.compile(
        r"\bwhat (?:all )?(?:can|could|do) (?:you|u|this (?:bot|chat|thing))"
        r" (?:do|help|know|answer)(?: for me| me| with| me with)?\W*$"
        r"|\bhow (?:can|could) (?:you|u) help(?: me)?\W*$|\bwhat are you (?:for|good for)\W*$"
    )),
    ("smalltalk", "personal", re.compile(
        r"^\W*(?:so |and |hey |hi )?do (?:you|u)"
        r" (?:(?:like|love|enjoy|sleep|dream|eat|drink|hike|camp)\b(?: \w+){0,2}\W*$"
        r"|have (?:a |any )?(?:family|friends|feelings|hobb\w+|favou?rite)\W*$)"
        r"|\bhow old are (?:you|u)\b|\bare you (?:married|single|happy|tired|bored)\b"
        r"|\bwhere (?:do you live|are you from)\b|\byour favou?rite\b"
        r"|\b(?:do|did|can|have|would) (?:you|u) (?:\w+ ){1,5}yourself\W*$"
    )),
    ("smalltalk", "are_you_human", re.compile(
        r"\b(?:are (?:you|u)|r u|am i)\b.{0,30}"
        r"\b(?:bot|robot|ai|humans?|real|computer|machine|chatgpt)\b"
        r"|\bam i (?:talking|speaking|chatting|writing) (?:to|with) an? (?:real |actual )?person\b"
        r"|\bis (?:this|that) (?:an? )?(?:chat ?bot|bot|robot|ai|human|real person|computer"
        r"|machine|person)\W*$"
    )),
)  # fmt: skip
# What is hardly ever asked but in its own words; the heads are easily wrong on what is so rare.
ONLY_BY_WORDS = {
    "legal": re.compile(
        r"\b(?:il|un)?(?:legal|law)\w*|\b(?:solicitors?|attorneys?|barristers?|sued?|suing|courts?"
        r"|liab\w+|rights?|acts?|regulations?|directives?|copyright\w*|patents?|trading standards"
        r"|consumer|statut\w+|tribunal|ombudsman|ftc|gdpr|dpo|breach\w*|claims?|contract|paragraph"
        r"|police|fraud\w*|crim\w+|letter before)\b"
    ),
    "joke": re.compile(
        r"\b(?:jokes?|funny|laugh\w*|riddles?|puns?|humou?r\w*|giggle|one[- ]liners?|knock knock)\b"
    ),
}
