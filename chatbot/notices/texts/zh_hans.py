"""The fixed texts in simplified Chinese."""

NOTICES = {
    "disclosure": (
        "您正在与 AI 助手对话，而不是真人。它的回答来自本店自己的数据，并会留存记录。"
        "您可以随时要求转接人工。"
    ),
    "ai.yes": (
        "我是 AI 助手，是计算机程序，不是真人。您可以随时与我们团队的人员交谈："
        "直接告诉我，或按下方的按钮即可。"
    ),
    "person.button": "我想和真人客服交谈。",
    "identity.sign_in": (
        "要向您显示订单，我需要确认它属于您。请登录，或提供订单号以及下单时使用的电子邮箱。"
    ),
    "identity.email": "谢谢。要查询该订单，我还需要下单时使用的电子邮箱；您也可以登录。",
    "identity.number": "谢谢。要查询订单，我还需要订单号；您也可以登录。",
    "identity.not_found": (
        "根据这些信息，我无法显示任何订单。请核对订单号和下单时使用的电子邮箱，或登录。"
        "我们团队的人员也可以帮助您。"
    ),
    "identity.code_wrong": (
        "验证码不正确或已过期。请再查看一次最新的邮件，重新索取验证码，或登录。"
    ),
    "identity.no_orders": (
        "在您登录的账户下找不到任何订单。如果您是以访客身份下单的，请提供订单号和当时使用的电子邮箱。"
    ),
    "identity.others": (
        "订单只向下单人本人显示，对家人和朋友也是如此。下单人可以自己在这里查询：登录，或提供订单号和下单时使用的电子邮箱。"
        "如果对方已将这两项都给了您，请在这里输入。"
    ),
    "identity.others_again": (
        "抱歉，我不能破例：我看不到是谁在写，因此订单只属于下单人，即使是一家人也一样。下单人可以在这里查询，"
        "登录或提供订单号和其电子邮箱，也可以把确认邮件的内容告诉您。"
    ),
    "order.no_guarantee": "送达日期为预估：我无法保证包裹在某一天送达。",
    "order.untouched": (
        "好的。除非您按下 %(order.number)s 的按钮，否则该订单不会有任何变动，一切保持原样。"
    ),
    "order.as_it_is": "好的。%(order.number)s 没有启动任何操作，一切保持原样。",
    "manners.wishes": "谢谢，也祝您一样！如果店里有什么我能帮忙的，请随时问我。",
    "manners.joy": "恭喜，真是好消息！如果有什么我能为此帮忙的，请随时问我。",
    "manners.night": "晚安，感谢您的光临。",
    "manners.loss": "请节哀，我深表慰问。",
    "manners.loss_told": "请节哀，我深表慰问。如果这里有什么我能替您办的，请告诉我。",
    "safety.danger": (
        "这可能有危险。如果有人受伤、感到不适或可能处于危险之中，请立即拨打当地的紧急电话。"
        "请停止使用该产品，并远离燃气、烟雾或火源。我是 AI，无法在这里判断情况。"
    ),
    "safety.emergency": (
        "请立即拨打当地的紧急电话，或请身边的人帮忙拨打。我是 AI，无法在这里判断情况。"
    ),
    "safety.despair": (
        "我是 AI，这件事超出了商店客服所能承担的范围，但您不必独自面对。"
        "请立即拨打当地的紧急电话或心理援助热线：美国和加拿大 988，英国和爱尔兰 116 123，欧盟 112。"
        "如果身边有人，请告诉他们。"
    ),
    "safety.stop_using": (
        "请暂时停止使用；如果有人受伤或处于危险之中，请拨打当地的紧急电话。"
        "我无法在这里判断安全性；我们团队的人员可以与您一起查明情况。"
    ),
    "safety.no_medical_advice": (
        "我不能提供医疗建议，也没有这方面的信息。请咨询医生或药剂师；"
        "如有产品方面的问题，我们团队的人员可以帮助您。"
    ),
    "health.no_advice_beside": (
        "我不能提供医疗建议，请同时咨询医生或药剂师。我只能引用本店自己的说明。"
    ),
    "safety.no_legal_advice": (
        "我不能提供法律建议，也不能在法律事务上代表本店。我可以为您转接我们团队的人员。"
    ),
    "person.joins": "我已请我们团队的人员加入此对话。在此期间您可以继续在这里留言。",
    "person.later": (
        "我已将此对话转给我们团队的人员。目前没有人在线，团队回来后会有同事回复您。"
        "在此期间您可以继续在这里留言。"
    ),
    "person.asked": "我已将此对话转给我们团队的人员。在此期间您可以继续在这里留言。",
    "person.place": (
        "您正在排队等候我们团队的人员，目前是第 %(place)s 位。在此期间您可以继续在这里留言。"
    ),
    "person.place_later": (
        "您正在排队等候我们团队的人员，目前是第 %(place)s 位。目前没有人在线，"
        "团队回来后会有同事回复您。"
    ),
    "person.back": (
        "我已将此对话转给我们团队的人员。目前没有人在线；团队回来的时间：%(back)s。"
        "请留下您的电子邮箱，同事会通过邮件回复您；您也可以继续在这里留言。"
    ),
    "person.place_back": (
        "您正在排队等候我们团队的人员，目前是第 %(place)s 位。目前没有人在线；"
        "团队回来的时间：%(back)s。请留下您的电子邮箱，同事会通过邮件回复您；您也可以继续在这里留言。"
    ),
    "person.away": "团队恢复在线的时间：%(back)s。",
    "person.away_mail": "团队恢复在线的时间：%(back)s；电子邮箱：%(email)s。",
    "action.press": (
        "只有在您按下上方卡片上的按钮后我才会这样做，以免误操作。仅发送消息是不够的。"
    ),
    "claim.held": (
        "我无法根据本店的数据确认刚才要说的内容，因此没有说出来。我们团队的人员会进行核查。"
    ),
    "hold.waiting": "我们团队的人员正在核查，之后我再回答。在此期间您可以继续在这里留言。",
    "hold.corrected": "我们团队的人员核查了我要说的内容，并在下方亲自回复您。",
    "hold.refused": (
        "我们团队的人员核查了我要说的内容，认为不宜发送。您现在正在排队等候人工，"
        "会有人回复您；在此期间您可以继续在这里留言。"
    ),
    "hold.late": (
        "我们团队没能及时核查我的回答，因此我不作答。请按下方的按钮与真人交谈；"
        "无论如何，都会有同事查看您的消息。"
    ),
    "people.only": (
        "助手目前已关闭。我们团队的人员会阅读并回复您的消息；在此期间您可以继续在这里留言。"
    ),
    "unavailable": "很抱歉，我们这边出了问题，暂时无法回答。我们团队的人员会看到您的消息。",
}

CARDS = {
    "title.code": "用验证码证明订单 %(number)s 属于您",
    "title.cancel": "取消订单 %(number)s",
    "title.return": "订单 %(number)s 退货",
    "title.exchange": "订单 %(number)s 换货",
    "confirm.code": "给我发送验证码",
    "confirm.cancel": "取消此订单",
    "confirm.return": "申请退货",
    "confirm.exchange": "申请换货",
    "decline": "暂不",
    "decline.cancel": "保留订单",
    "code": "6 位数验证码将发送到下单时使用的电子邮箱。请在 10 分钟内在此输入。",
    "way": "（%(method)s）",
    "refund.cancel": "退款：%(refund)s，按原付款方式退回%(way)s",
    "refund.none": "此订单尚未向您收费",
    "refund.return": "收到商品并检查后退款：%(refund)s（%(parts)s），按原付款方式退回%(way)s",
    "refund.open": "收到商品并检查后退款：退还您为其支付的金额，按原付款方式退回%(way)s",
    "between": "，",
    "goods": "退回商品 %(goods)s",
    "tax": "税费 %(tax)s",
    "fee": "减去退货标签费 %(fee)s",
    "label": "退货标签费用为 %(fee)s，从退款中扣除",
    "label.own": "退货的寄送由您自行安排并付费",
    "send_by": "请在 %(by)s之前寄出包裹",
    "set_aside": "%(replacement)s 已为您预留至 %(by)s",
    "instead": "换成：%(replacement)s",
    "costs": "换货费用为 %(fee)s",
    "free": "换货免费",
    "condition": "条件：%(condition)s",
    "for_staff": "由于金额较大，需先由我们团队的人员批准",
}

TOLD = {
    "code.done": "如果存在该订单，验证码正发往其电子邮箱。请在此输入。",
    "code.failed": "一小时内索取验证码次数过多。请稍后再试，或登录。",
    "cancel.done": "订单 %(number)s 已取消。",
    "return.done": "退货 %(change)s 已受理。请将此编号放入包裹。",
    "exchange.done": "换货 %(change)s 已受理。请将此编号放入包裹。",
    "waiting": "由于金额较大，需先由我们团队的人员批准。目前尚无任何变动。",
    "declined": "未作任何更改。",
    "refused": "我们团队的人员已审查，未予批准。未作任何更改。",
    "failed": "未作任何更改：这里所写的操作已无法进行。请再问我一次，看看现在可以做什么。",
    "expired": "未作任何更改：此卡片已过期。请向我索取新的卡片。",
    "replaced": "下方有更新的卡片。",
    "undone": "已撤销。一切恢复原状。",
}

# Parts of what stands on a link beside a reply.
LINKS = {
    "sold_out": "已售罄",
    "in_stock": "有货",
    "left": "有货，仅剩 %(left)s 件",
    "some": "%(all)s 种款式中有 %(there)s 种有货",
    "total": "总计 %(amount)s",
    "took_off": "%(code)s 优惠 %(amount)s",
    "refunded": "已退款 %(amount)s",
    "going_back": "退货 %(number)s 已受理",
    "cancelled": "已取消",
    "cancelled_on": "已于 %(day)s取消",
    "delivered": "已送达",
    "delivered_on": "已于 %(day)s送达",
    "unpaid": "尚未发货，待付款",
    "uncharged": "尚未发货，尚未扣款",
    "not_shipped": "尚未发货",
    "shipped": "已发货",
    "partly": "部分已发货",
    "expected": "预计 %(day)s送达",
    "rest": "尚未发货：%(rest)s",
    "with": "由 %(carrier)s 承运",
}
