"""Talks: planned, prepared, held, called off."""

from bot.features.meeting.calling_off import called_off as called_off, is_on_again as is_on_again
from bot.features.meeting.figures import clarity as clarity, listening as listening, own_figures as own_figures
from bot.features.meeting.names_given import gave_names as gave_names, names_waiting as names_waiting
from bot.features.meeting.plan import two_planned as two_planned
from bot.features.meeting.talks import ASKED_FOR as ASKED_FOR, did_you_meet as did_you_meet
from bot.features.meeting.thanks import after_talk as after_talk, for_a_name as for_a_name, for_news as for_news
from bot.features.meeting.words import when_and_where as when_and_where
from bot.features.registry import family
from bot.ui.text import t

family("meeting", t("Your talks with them."), place=4, stands_alone=True)
