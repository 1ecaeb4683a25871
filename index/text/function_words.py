"""The words that say nothing of what a question is about, in Chinese and English."""

FUNCTION_WORDS = frozenset(
    # Chinese: particles, pronouns, prepositions, question words and their neighbours
    "的 了 是 在 和 与 及 或 也 都 就 而 把 被 让 向 从 对 为 以 于 之 其 此 这 那 这个 那个 "
    "这些 那些 我 你 他 她 它 我们 你们 他们 它们 吗 呢 吧 啊 呀 么 着 过 地 得 个 些 有 没有 "
    "不 很 最 更 还 又 将 会 要 能 可以 请 请问 告诉 一下 知道 关于 根据 什么 多少 几 谁 哪 "
    "哪个 哪些 哪里 哪儿 哪家 哪位 哪年 哪一年 哪天 何时 何地 怎么 怎么样 怎样 如何 为何 "
    "为什么 多久 多大 多长 多高 几个 时候 是否 有没有 到 由 等 中 上 下 里 内 外 前 后 所 并 "
    "但 若 如 则 该 各 每 某 本 时 年 月 日 天 一 一个 一年 一天 一日 一家 一位 一座 一种 大概 "
    "大约 甚么 "
    # English
    "a an the of in on at to for from by with about into over under between through and or but "
    "not no is are was were be been being am do does did done has have had having will would "
    "shall should can could may might must i you he she it we they me him her us them my your "
    "his its our their this that these those there here what which who whom whose when where why "
    "how much many any some than then so if as up out also please tell s t".split()
)
