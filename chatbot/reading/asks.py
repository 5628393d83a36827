"""Plain words that settle what is asked, whatever the heads think."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatbot.terms import ProductWords

from .options import COLORS, SIZES
from .quantities import SUM
from .wants import untroubled
from .words import SMALL_WORDS, WORD, fold, stem, words

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
OF_IT = r"(?:(?!\b(?:i|we|my|order\w*)\b)[^.?!])"
WAS = (
    rf"\bwh?[ai]t\b{OF_IT}{{0,30}}\b(?:was|were|wis|did|costs?)\b{OF_IT}{{0,25}}"
    r"\b(?:before(?! (?!you (?:mark|reduc|cut|dropp))\w)|b4|afore|originally|previously)\b"
)
PLAIN = (
    ("human", "human", re.compile(
        r"^\W*(?:(?:a|an|live|real|human|customer|service) )*"
        r"(?:representative|agent|operator|human|person|advisor)(?: please| pls| now)?\W*$"
        r"|\b(?:let me|i want to|i wanna|i(?:'d| would) like to|i need to|(?:can|could|may) i) "
        r"(?:please |just )?(?:talk|speak|chat) (?:to|with) (?:an? |some )?"
        r"(?:real |actual |live |human )*(?:person|human|someone|somebody|agent|representative)\b"
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
    )),
    ("shipping", "ship_time", re.compile(
        r"\bcut ?-?off\b|\b(?:by when|until when|till? when|what time|how late|latest)\b.{0,12}"
        r"\b(?:can|could|must|should|do|need to|have to) (?:i |we )?(?:place an |have to )?order\b"
        r"|\blatest (?:i|we) (?:can|could|may) order\b"
    )),
    ("shipping", "ship_time", re.compile(
        r"\b(?:needs?|requires?|required|have to|has to|must|without|want)\b.{0,25}"
        r"\b(?:signatures?|sign for|signing)\b|\bsigned for\b"
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
# What is asked only by who says so; the heads are easily wrong on what is seldom asked of a shop.
ONLY_BY_WORDS = {
    "legal": re.compile(
        r"\b(?:laws?|legal\w*|lawyers?|solicitors?|attorneys?|sue|suing|courts?|liable|liability"
        r"|rights?|acts?|regulations?|directives?|copyright\w*|patents?|trading standards|consumer"
        r"|statut\w+|tribunal|ombudsman|ftc|small claims|contract|paragraph)\b"
    ),
    "joke": re.compile(
        r"\b(?:jokes?|funny|laugh\w*|riddles?|puns?|humou?r|giggle|one[- ]liners?)\b"
    ),
}
WORKS = "(?:work|turn|switch|start|charg|light|heat|inflat|hold|clos|open)"
SUITS = r"\b(?! (?:for|in|with) (?:me|us|my|our)\b| (?:well|enough)\b)"  # or is sound, and does not
# Nothing but the shopper's own orders, however much "show all" sounds like prying.
OWN_ORDERS = re.compile(
    r"\W*(?:(?:can|could|would) (?:you|u|i) )?(?:please |pls )?(?:list|show|see|give|tell)(?: me)?"
    r"(?: all)?(?: of)?(?: my| the)?(?: (?:recent|past|old|open|last|previous))? orders"
    r"(?: (?:please|pls|i (?:have |'ve )?(?:made|placed)|so far))*\W*"
)
# What is wrong with a thing that somebody would send back; "if it breaks" has not happened.
DEFECT = re.compile(
    r"\b(?:broke|broken(?! in\b)|snapped|cracked|torn|tore|ripped|chipped|dented|faulty|defective"
    r"|smashed|shattered|in (?:bits|(?:a (?:hundred|thousand|million) |many |tiny )?pieces)"
    r"|leak(?:s|ed|ing)|flicker(?:s|ed|ing)|(?:stopped|quit) \w+ing"
    r"|(?:came|fell|fallen|falling|coming) (?:apart|off|undone)|dead on arrival"
    r"|(?:won'?t|will not|do(?:es)?(?:n'?t| not)|did(?:n'?t| not)|never) (?:even )?"
    rf"{WORKS}(?:e|s|es)?{SUITS}|(?:is|are|was)(?:n'?t| not) {WORKS}ing{SUITS})\b"
)
SUPPOSED = re.compile(  # in the same clause, and no "when it arrived", which it has
    rf"\b(?:(?:if|in case|unless)|when(?= (?:an?|one|something)\b))\b[^,.;!?]*?(?:{DEFECT.pattern})"
)
# A parcel that has come by the carrier's word only.
NOT_THERE = re.compile(
    r"\b(?:says?|said|shows?|showing|marked|claims?|supposedly)\b.{0,25}\bdelivered\b.{0,40}"
    r"\b(?:nothing|not|no|never|nowhere|missing|isn'?t|hasn'?t|haven'?t|didn'?t|wasn'?t)\b"
)
ASKED = re.compile(  # rather than told what has happened
    r"\?|^\W*(?:(?:and|so|ok|hi)\W+)*(?:do|does|is|are|what|how|which|can|could|would|will|if)\b",
    re.I,
)
# That asks whether it may go back, however much "back" sounds like money.
MAY_GO_BACK = re.compile(
    r"\b(?:can|could|may) (?:i|we) (?:still )?(?:send|give|bring|take)"
    r" (?:it|that|this|them|those|these) back\b"
)
ARRIVED = re.compile(r"\b(?:arrive[ds]?|came|come|turn(?:ed|s)? up|got here|delivered|received)\b")
STANDING = frozenset("where_is_it when_delivered what_ordered tracking missing".split())
GOING_BACK = frozenset("refund_status return_status return_start return_policy exchange".split())
UPSET = re.compile(
    r"\b(?:ridiculous|unacceptable|terrible|awful|worst|furious|fed up|sick of|useless|scam|joke of"
    r"|disappoint\w*|disgusted|so done|never again|wtf|angry|rip ?off)\b"
)
# Of a size or a color this asks whether it is there, not how orders are sent.
ORDERED_NOW = re.compile(
    r"\b(?:can|could|may) (?:i|we) (?:still )?(?:order|get|buy|have|grab)\b.{0,30}"
    r"\b(?:today|now|rn|tonight)\W*$"
)
PRICE_IN = re.compile(  # "what is it in cream", where that is a value and no unit
    r"^\W*(?:(?:and|so|ok|n) )*(?:what|how much)(?:'?s| is| are| would| r)?"
    r" (?:it|that|this|they|those|these)(?: be)? in \w+"
)
SURE = 0.85  # an ask of a page this likely outdoes words that only sound like one of these
OF_A_PAGE = frozenset("attribute compare size_help care restock".split())
SEEMS = frozenset("availability option price".split())
BARE = ("availability", "price")  # what who only names a product wants to know
ASKING = re.compile(r"\b(?:what'?s?|why|how|who|when|where|which)\b")
LOOKS = ("search", "recommend")
WHAT = re.compile(r"^\W*(?:and |ok |so )?what (?!else|about|other)\w+\W*$")
VAGUE = frozenset("search recommend size_help option restock human language compare".split())
LISTING = frozenset(words("many does come get all available list show different offer make sell"))
FILLERS = frozenset(
    "ok okay then one hi hello hey fine cool nice ones hav have got please thx thanks hmm ah sorry"
    " no yes yep instead what about how and the in maybe only just there".split()
)


def plainly(text: str) -> tuple[str, str] | None:
    """The intent and the ask that a message states in words that leave no doubt."""
    plain = fold(text)
    return next(((i, a) for i, a, pattern in PLAIN if pattern.search(plain)), None)


def meant(text: str, chances: Mapping[str, float]) -> dict[str, float]:
    """The chances of the asks, less those that only their words mean and that have none."""
    plain = fold(text)
    missed = {ask for ask, says in ONLY_BY_WORDS.items() if not says.search(plain)}
    return {ask: chance for ask, chance in chances.items() if ask not in missed}


def lists_orders(text: str) -> bool:
    """Whether a message asks for a list of orders and for nothing else."""
    return bool(OWN_ORDERS.fullmatch(fold(text)))


def upset(text: str) -> bool:
    """Whether the shopper sounds annoyed."""
    return bool(UPSET.search(fold(text)))


def says_itself(text: str) -> bool:
    """Whether the words of a message tell which of the common questions it asks."""
    return any(pattern.search(fold(text)) for pattern in SAID.values())


def settled(
    text: str, asks: tuple[str, ...], product: ProductWords | None, wished: bool,
    sure: float = 0.0,
) -> tuple[str, ...]:  # fmt: skip
    """`asks` with those first that the words leave no doubt about, unless the heads are `sure` of
    another; for a message that only names a product and its options, what everybody wants to
    know."""
    said = _plain(text, wished and product is not None)
    said = _outdone(said, asks[0], sure)
    asks = asks if _is_defect(text) else untroubled(text, asks)
    if parcel := _of_a_parcel(text, asks, said):
        return tuple(dict.fromkeys((parcel, *asks)))
    if asks[0] == "refund_status" and MAY_GO_BACK.search(fold(text)):
        return ("return_policy", *asks[1:])
    if product is None:
        return asks
    if not said and _wants_values(text, product):
        said = ("option",)
    if said:
        return tuple(dict.fromkeys((*said, *(a for a in asks if a != "attribute"))))
    if _only_names(text, product):
        return BARE
    if asks[0] in LOOKS and (len(words(text)) == 1 or WHAT.search(fold(text))) and not wished:
        return ("attribute", *asks)  # "height?", "what fuel"
    return ("availability", *asks) if wished and asks[0] in VAGUE else asks


def _outdone(said: tuple[str, ...], first: str, sure: float) -> tuple[str, ...]:
    """What the words say, less what the heads are sure that they only sound like: "has it got a
    hole in the bottom"."""
    surely = sure >= SURE and first in OF_A_PAGE
    return tuple(ask for ask in said if not (surely and ask in SEEMS))


def _of_a_parcel(text: str, asks: tuple[str, ...], said: tuple[str, ...]) -> str:
    """What is asked of a parcel: where it is, or what is wrong with what has come; else empty."""
    if NOT_THERE.search(fold(text)):
        return "missing"
    if "where_is_it" in said:
        return "where_is_it"
    there = asks[0] in STANDING and ARRIVED.search(fold(text))
    told = asks[0] == "warranty" and not ASKED.search(text)
    return "damaged" if (there or told or asks[0] in GOING_BACK) and _is_defect(text) else ""


def _plain(text: str, wished: bool) -> tuple[str, ...]:
    """What the words of a message ask beyond doubt, of which an option may be `wished` for."""
    said = tuple(ask for ask, pattern in SAID.items() if pattern.search(fold(text)))
    if wished and PRICE_IN.search(fold(text)):
        return ("price", *said)
    return ("availability", *said) if wished and ORDERED_NOW.search(fold(text)) else said


def _is_defect(text: str) -> bool:
    return bool(DEFECT.search(SUPPOSED.sub(" ", fold(text))))


def _wants_values(text: str, product: ProductWords) -> bool:
    """Whether it only asks for the values of one of the product's options, by the option's name in
    the plural: "what glazes?", "mug sizes pls"."""
    names = {word for name in product.options for word in words(name)}
    plurals = {w for w in WORD.findall(fold(text)) if w.endswith("s") and stem(w) in names}
    rest = set(words(text)) - SMALL_WORDS - FILLERS - LISTING - set(words(product.title)) - names
    return bool(plurals) and not rest


def _only_names(text: str, product: ProductWords) -> bool:
    if ASKING.search(fold(text)):
        return False
    own = {w for values in product.options.values() for v in values for w in words(v)}
    own |= {w for names in SIZES.values() for name in names for w in words(name)}
    rest = set(words(text)) - SMALL_WORDS - FILLERS - set(words(product.title)) - own - COLORS
    return not rest
