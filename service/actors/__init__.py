"""Who can be mentioned: countries, organisations, agencies, people in office, with the names they go by.

In: the data files beside this package (and, later, the user's own). Out: ``Catalogue``, which finds actors by id or by
name and lists every form of a name that the matcher looks for, with the reason for it.
"""

from service.actors.actor import Actor, Form, Office, Problem
from service.actors.catalogue import Catalogue
from service.actors.read import load_catalogue

__all__ = ["Actor", "Catalogue", "Form", "Office", "Problem", "load_catalogue"]
