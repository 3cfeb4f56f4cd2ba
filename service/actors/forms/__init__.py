"""Every form of an actor's names in one language, each with the rule that made it.

In: an actor and a language. Out: ``Form`` values. Russian, Ukrainian, German and Kazakh names are inflected; other
languages are matched by the names as written.
"""

from service.actors.forms.demonyms import Endings
from service.actors.forms.names import forms_in, forms_of_other_languages, inflected
from service.actors.forms.titles import TitleForm, title_forms

__all__ = ["Endings", "TitleForm", "forms_in", "forms_of_other_languages", "inflected", "title_forms"]
