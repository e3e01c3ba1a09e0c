"""What could not be decided, and what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """Something that the files do not tell.

    Attributes
    ----------
    name
        What the answer is kept under.
    text
        What is asked.
    options
        Answer -> what it means; any text is an answer where there are none.
    default
        What is taken without an answer, "" where nothing is.
    """

    name: str
    text: str
    options: Mapping[str, str]
    default: str = ""

    @property
    def meanwhile(self) -> str:
        """What holds as long as nobody has answered, in words."""
        if not self.default:
            return "nothing is chosen, and `check` refuses until one is"
        return f"{self.default!r} is taken"

    def accepts(self, answer: str) -> bool:
        """Tell whether this is one of the answers."""
        return bool(answer) and (not self.options or answer in self.options)


class Decisions:
    """Answers, and the questions that have none yet.

    Parameters
    ----------
    answers
        Name of a question -> its answer.
    """

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.questions: list[Question] = []

    def choose(
        self,
        name: str,
        text: str,
        options: Mapping[str, str] | Iterable[str] = (),
        default: str = "",
    ) -> str:
        """Return the answer, or the default; without one, the question is kept."""
        known = options if isinstance(options, Mapping) else dict.fromkeys(options, "")
        question = Question(name, text, known, default)
        answer = self.answers.get(name, "")
        if question.accepts(answer):
            return answer
        if name not in [asked.name for asked in self.questions]:
            self.questions.append(question)
        return default
