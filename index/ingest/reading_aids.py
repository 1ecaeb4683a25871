"""What reads files that Yiju can't read by itself: LibreOffice and RapidOCR, each if asked for."""

from dataclasses import dataclass, replace

from index.ingest.formats.converted.libre_office import LibreOffice
from index.ingest.recognition.recogniser import Recogniser, check_installed
from index.ingest.recognition.scan_recognition import ScanRecognition, Tell
from index.ingest.sources.files import CONVERTIBLE, PICTURES, SUFFIXES
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadingAids:
    """The aids that reading has: `office` converts old kinds of files, `scans` recognises scans."""

    office: LibreOffice | None = None
    scans: ScanRecognition | None = None

    @classmethod
    def of(cls, settings: Settings) -> "ReadingAids":
        """Return the aids that the settings ask for.

        Raises:
            UsageError: one of them is not installed.
        """
        scans = None
        if settings.ocr:
            check_installed()
            scans = ScanRecognition(Recogniser())
        return cls(LibreOffice.named(settings.libreoffice), scans)

    @property
    def kinds(self) -> frozenset[str]:
        """The suffixes of the files that are articles."""
        converted = CONVERTIBLE if self.office else ()
        return SUFFIXES.union(converted, PICTURES if self.scans else ())

    def at_work(self, tell: Tell, most: int | None = None) -> "ReadingAids":
        """Return aids for one piece of work that tells of its pages, of which `most` may be."""
        return replace(self, scans=self.scans and self.scans.begun(tell, most))


NO_AIDS = ReadingAids()
