"""One visitor in one circle: what comes of each thing they do."""

from typing import assert_never

from adapters.answering import behind_a_button, with_change
from adapters.web import frames, margin, menu, moves
from adapters.web.entry import ChatEntry, Room
from adapters.web.margin import Margin
from adapters.web.page import ROOMS, Event, Page, PageOptions, Renderers
from adapters.web.rooms import Rooms
from adapters.web.session import WebSession
from bot.engine.answer import Answer
from bot.engine.command import AnswerPlace
from bot.engine.invocation import CalledCommand, Invocation, PressedButton, Request, SubmittedForm, TypedLine
from bot.engine.someone import mention
from bot.ui.languages import best
from bot.ui.plain import plain
from bot.ui.reply import Reply
from bot.ui.text import Text

ME = "amina"
SETTINGS = "me settings"
"""The command with which a member says which language they read."""


class Visit:
    """One visitor's circle, and what they do in it."""

    def __init__(self, session: WebSession, renderers: Renderers, language: str) -> None:
        self.session = session
        self._looks = PageOptions(ME, best(language))
        self._rooms = Rooms(session.screen)
        self._margin = Margin()
        self.page = Page(session, renderers, self._looks, self._rooms, self._margin)
        self._reads: dict[str, str] = {}

    @property
    def language(self) -> str:
        """The language of the page."""
        return self._looks.language

    async def begin(self) -> None:
        """Let the person read the language of the page from the first word on."""
        if self._looks.language != self._read_by(ME):
            await self._speak(self._looks.language)
            self._margin.lines.clear()

    async def do(self, frame: frames.Act) -> list[Event]:
        """Do one thing; returns what changes on the page."""
        match frame:
            case frames.OfferFrame():
                return await self._offer(frame)
            case frames.MoveFrame():
                return await self._move(frame.to)
            case frames.BeFrame() | frames.SpeakFrame() | frames.ShowFrame() | frames.GoFrame():
                return await self._look(frame)
            case _:
                return await self._answer(frame)

    async def _answer(self, frame: frames.Ask) -> list[Event]:
        match frame:
            case frames.LineFrame():
                return await self._type(frame.line.strip())
            case frames.CallFrame():
                command = self._listed(frame.command)
                return await self._ask(
                    CalledCommand(frame.command, self._values(frame, command)), command.get("shown", "")
                )
            case frames.PressFrame():
                entry = self._rooms.find(frame.entry, self._looks.me)
                return await self._ask(PressedButton(frame.token), entry=entry, in_window=frame.window)
            case frames.ShortcutFrame():
                return await self._use(frame)
            case frames.SendFrame():
                return await self._send(frame)
            case _:
                assert_never(frame)

    async def _look(self, frame: frames.OrganiserLook) -> list[Event]:
        """Change how the circle is looked at, or by whom."""
        match frame:
            case frames.GoFrame():
                self._go(frame.room)
                return [self.page.state(), *await self.page.view()]
            case frames.BeFrame():
                self._be(frame.who)
            case frames.SpeakFrame():
                await self._speak(frame.language)
            case frames.ShowFrame():
                self._looks.platform = frame.platform
                self._go(Room.BOT if self._looks.room is Room.HOME else self._looks.room)
            case _:
                assert_never(frame)
        return await self.page.whole()

    async def _type(self, line: str) -> list[Event]:
        if not line:
            return []
        if not line.startswith("/"):
            return await self._chat(line)
        slack = self.page.renderers.slack
        return await self._ask(slack.typed(line) if self._looks.on_slack else TypedLine(line), line)

    async def _chat(self, line: str) -> list[Event]:
        """Put what a member says into the channel, where everyone sees it and the bot does not read it."""
        entry = self._rooms.say(self.page.now, self._looks.room, self._looks.me, line, self._looks.language)
        self._tell(margin.of_chat(), "all")
        return [*await self.page.message(entry), *self.page.news()]

    def _listed(self, command: str) -> menu.WinVisibility:
        """Find a command as Discord's menu shows it."""
        listed = menu.discord_menu(self.session.registry, self._looks.language)
        none: menu.WinVisibility = {}
        return next((entry for entry in listed if entry["name"] == command), none)

    def _values(self, frame: frames.CallFrame, command: menu.WinVisibility) -> dict[str, str]:
        """Give the values of options as Discord gives them: people by their ids."""
        people = {option["name"] for option in command.get("options", ()) if option["kind"] == "person"}
        names = self.page.names
        return {
            name: mention(value, names.get(value, "")) if name in people else value
            for name, value in frame.values.items()
        }

    async def _use(self, frame: frames.ShortcutFrame) -> list[Event]:
        """Use a shortcut of Slack's, on the words of a message if it is for one.

        Raises:
            NoFrame: there is no such shortcut.
        """
        entry = self._rooms.find(frame.entry, self._looks.me)
        words = "" if entry is None else plain(entry.reply, entry.language)
        request = self.page.renderers.slack.shortcut(frame.name, words, self.session.registry)
        if request is None or not self._looks.on_slack:
            raise frames.NoFrame
        return await self._ask(request, in_window=True)

    async def _send(self, frame: frames.SendFrame) -> list[Event]:
        """Take a form to the bot.

        Raises:
            NoFrame: it is not in the shape in which the platform sends forms.
        """
        try:
            request, sent = self._submitted(frame)
        except (LookupError, TypeError, AttributeError, ValueError, OverflowError):
            raise frames.NoFrame from None
        return await self._ask(request, in_window=self._looks.on_slack, sent=sent)

    def _submitted(self, frame: frames.SendFrame) -> tuple[SubmittedForm, frozenset[str]]:
        """Read a form as its platform reads it; gives the questions that it had too."""
        renderers = self.page.renderers
        if self._looks.on_slack:
            state = frame.state or {}
            request = renderers.slack.submitted(frame.token, state, self.session.zone)
            return request, frozenset(state.get("values", {}))
        return renderers.discord.submitted(frame.token, frame.components or [], self.page.names), frozenset()

    async def _ask(
        self,
        request: Request,
        typed: str = "",
        *,
        entry: ChatEntry | None = None,
        in_window: bool = False,
        sent: frozenset[str] | None = None,
    ) -> list[Event]:
        """Take a request to the bot, and show what comes back where the platform shows it.

        Args:
            request: what was asked.
            typed: the line of it, where one was typed.
            entry: the message that the pressed button stands in.
            in_window: whether it was done in a window of Slack's, or on the person's own page.
            sent: the questions of the form that was sent; None where it was none.
        """
        invocation, answer = await self.session.answer(self._looks.me, request)
        self._reads[self._looks.me] = answer.language
        on_slack = self._looks.on_slack
        problems = self.page.renderers.slack.problems(invocation, answer, sent) if on_slack and sent else {}
        if problems:
            return [{"kind": "problems", "problems": problems}]
        if answer.asks and sent is not None and not on_slack:
            # Discord opens no form as the answer to a form.
            answer = await behind_a_button(self.session.circle.dispatcher, invocation, answer)
        if answer.asks:
            self._tell(margin.of_form(), "form")
            return [self.page.window(answer), *await self._came()]
        windows = [self.page.window(answer)] if on_slack and in_window else []
        shown = await self._shown(invocation, answer, entry, typed, in_window=bool(windows))
        return [*windows, *shown, *await self._came()]

    async def _shown(
        self, invocation: Invocation, answer: Answer, at: ChatEntry | None, typed: str, *, in_window: bool
    ) -> list[Event]:
        """Put an answer into the room: in the place of what was pressed, or below."""
        reply = with_change(answer)
        if at is not None and await self._stands_in(at, answer, reply, invocation.request):
            entry = at
        else:
            room = Room.BOT if self._looks.room is Room.HOME else self._looks.room
            entry = self._rooms.add(self.page.now, room, invocation, answer, reply)
            entry.asked, entry.in_window = typed, in_window
        told = margin.of_answer(entry, self.page.names[self._looks.me], typed)
        if isinstance(invocation.request, SubmittedForm) and answer.reply.error is None:
            told = margin.of_sent()
        self._tell(told, margin.mark_of(entry))
        return await self.page.message(entry)

    async def _stands_in(self, entry: ChatEntry, answer: Answer, reply: Reply, pressed: Request) -> bool:
        """Put an answer where the pressed button stands, where its command wants that and the platform can do it."""
        if answer.spot is AnswerPlace.BELOW or answer.reply.error is not None or entry.to is None:
            return False
        if answer.spot is AnswerPlace.MESSAGE:
            entry.put(reply, answer.language)
            return True
        first, *_ = await self.page.payloads(entry)
        renderers = self.page.renderers
        if not isinstance(pressed, PressedButton):
            return False
        if self._looks.on_slack:
            fits = renderers.slack.row_fits(entry, first["blocks"], pressed.token, reply)
        else:
            fits = renderers.discord.row_fits(entry, first["components"], pressed.token, reply)
        if fits:
            entry.put_in_row(pressed.token, reply)
        return fits

    async def _offer(self, frame: frames.OfferFrame) -> list[Event]:
        offers = await self.session.offers(self._looks.me, frame.command, frame.param, frame.typed)
        shown = [{"shown": offer.label, "value": offer.value} for offer in offers]
        return [{"kind": "offers", "number": frame.number, "offers": shown}]

    async def _move(self, move: moves.Move) -> list[Event]:
        """Move the clock; who lets Monday come wants to see the digest."""
        zone = self.session.zone
        to = moves.to(move, self.page.now, zone)
        await self.session.move(to)
        posts = self._take()
        self._tell(margin.of_clock(to.astimezone(zone)), "clock")
        if move is moves.Move.MONDAY and any(post.room is Room.DIGEST for post in posts):
            self._go(Room.DIGEST)
        return [self.page.state(), *await self.page.view(), *self.page.news()]

    def _go(self, room: Room) -> None:
        if room not in ROOMS[self._looks.platform]:
            return
        self._looks.room = room
        self._rooms.look(self._looks.me, room)

    def _be(self, who: str) -> None:
        if who in self.session.screen.profiles and who != self._looks.me:
            self._looks.me = who
            self._rooms.look(who, self._looks.room)
            self._tell(margin.of_person(self.page.names[who], self._read_by(who), self._looks.language), "me")

    async def _speak(self, language: str) -> None:
        """Let the page speak a language, and the person choose it as their own."""
        me = self._looks.me
        self._looks.language = self.session.screen.profile(me).language = best(language)
        _, answer = await self.session.answer(me, CalledCommand(SETTINGS, {"language": self._looks.language}))
        self._reads[me] = answer.language
        self._tell(margin.of_language(self.page.names[me], self._looks.language), "me")

    def _read_by(self, who: str) -> str:
        return self._reads.get(who) or self.session.language_of(who)

    def _tell(self, text: Text, mark: str) -> None:
        self._margin.tell(self.session.clock.now(), text, mark)

    def _take(self) -> list[ChatEntry]:
        """Take up what the bot wrote unasked since the last time, and tell of it."""
        posts = self._rooms.take(self._looks.me, self._looks.room)
        for at, text, mark in margin.of_posts(posts, self._looks.me, self.page.names):
            self._margin.tell(at, text, mark)
        return posts

    async def _came(self) -> list[Event]:
        """Give what came meanwhile, and what the margin says."""
        posts = [post for post in self._take() if post.is_seen_by(self._looks.me)]
        shown = [event for post in posts for event in await self.page.message(post)]
        return [*shown, self.page.state(), *await self.page.home(), *self.page.news()]
