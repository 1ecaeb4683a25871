"""What `yiju` offers to Python programs: a single module can't carry the sign that it is typed."""

from index.store.rebuild_state import ListRules as ListRules

from index.article import Article as Article
from index.build.report import Report as Report
from index.errors import ArticleError as ArticleError
from index.errors import BusyError as BusyError
from index.errors import GoneError as GoneError
from index.errors import ModelError as ModelError
from index.errors import NoArticleError as NoArticleError
from index.errors import NoIndexError as NoIndexError
from index.errors import QualityError as QualityError
from index.errors import StoreError as StoreError
from index.errors import UsageError as UsageError
from index.errors import YijuError as YijuError
from index.listing.article_filter import Filter as Filter
from index.listing.article_finder import MatchingArticle as MatchingArticle
from index.store.status import Status as Status
from python_api.open_library import Library as Library
from qa.answer import Answer as Answer
from qa.answer import Citation as Citation
from qa.answer import FoundPassage as FoundPassage
from qa.answer import PartyAnswer as PartyAnswer
from qa.answer import Possible as Possible
from qa.answer import SearchResult as SearchResult
from qa.answer import Written as Written
from qa.question.understand import Turn as Turn

def main() -> None: ...
def run() -> None: ...
