"""Why a model wrote nothing, as the reader of an answer is told."""

from enum import Enum, auto

from index.errors import YijuError
from qa.language import Language

ZH, HANT, EN = Language.SIMPLIFIED, Language.TRADITIONAL, Language.ENGLISH


class ModelFault(Enum):
    """Why there is no written answer."""

    BUSY = auto()
    SLOW = auto()
    LIMITED = auto()
    UNREACHABLE = auto()
    REFUSED = auto()
    BROKEN = auto()
    ENDLESS = auto()
    DECLINED = auto()
    UNSUPPORTED = auto()
    LEFT = auto()

    def sentence(self, language: Language) -> str:
        """Say it in a language."""
        return _SENTENCES[self][language]


_SENTENCES: dict[ModelFault, dict[Language, str]] = {
    ModelFault.BUSY: {
        ZH: "模型正忙于别的问题，这里只给出原文。",
        HANT: "模型正忙於別的問題，這裡只給出原文。",
        EN: "The model is at work on other questions; the articles' own words are given.",
    },
    ModelFault.SLOW: {
        ZH: "模型没有按时写完，这里只给出原文。",
        HANT: "模型沒有按時寫完，這裡只給出原文。",
        EN: "The model took too long; the articles' own words are given.",
    },
    ModelFault.LIMITED: {
        ZH: "模型服务要求过一会儿再问，这里只给出原文。",
        HANT: "模型服務要求過一會兒再問，這裡只給出原文。",
        EN: "The model's server asks to be left alone for a while; the articles' own words are "
        "given.",
    },
    ModelFault.UNREACHABLE: {
        ZH: "连接不上模型，这里只给出原文。",
        HANT: "連接不上模型，這裡只給出原文。",
        EN: "The model can't be reached; the articles' own words are given.",
    },
    ModelFault.REFUSED: {
        ZH: "模型服务拒绝了请求，这里只给出原文。",
        HANT: "模型服務拒絕了請求，這裡只給出原文。",
        EN: "The model's server refused; the articles' own words are given.",
    },
    ModelFault.BROKEN: {
        ZH: "模型的回复不完整，这里只给出原文。",
        HANT: "模型的回覆不完整，這裡只給出原文。",
        EN: "The model's reply was broken; the articles' own words are given.",
    },
    ModelFault.ENDLESS: {
        ZH: "模型写得太长，这里只给出原文。",
        HANT: "模型寫得太長，這裡只給出原文。",
        EN: "The model wrote far too much; the articles' own words are given.",
    },
    ModelFault.DECLINED: {
        ZH: "模型没有写出回答，这里只给出原文。",
        HANT: "模型沒有寫出回答，這裡只給出原文。",
        EN: "The model wrote no answer; the articles' own words are given.",
    },
    ModelFault.UNSUPPORTED: {
        ZH: "模型写的句子都没有原文支持，这里只给出原文。",
        HANT: "模型寫的句子都沒有原文支持，這裡只給出原文。",
        EN: "The articles bear out nothing that the model wrote; their own words are given.",
    },
    ModelFault.LEFT: {
        ZH: "提问者已经离开。",
        HANT: "提問者已經離開。",
        EN: "Whoever asked has left.",
    },
}


class WritingError(YijuError):
    """A model gave no text that can be used: why, and what the log is told."""

    def __init__(self, fault: ModelFault, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
