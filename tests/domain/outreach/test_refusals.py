"""A message lets its reader say no in many ways; polite words alone are none."""

import pytest

from bot.domain.outreach.refusals import grants_no
from bot.domain.outreach.sentences import sentences_of

FREE = """
A "not now" is fine too.
A 'not now' is fine too.
No answer is also an answer.
You can say no, of course.
If this month is too full, it is okay.
If you are tired after work I understand.
If you can't, no worries at all.
It is no trouble if you can't.
And if it does not suit you, I wish you a good season.
If not, thank you anyway.
If you have no time, I thank you just the same.
Are you too busy? Then leave it.
It is all right to refuse.
When it is not possible, no bad feelings.
A no will not change anything between us.
I will not be sad if the answer is no.
You owe me nothing.
Please do not feel that you must say yes.
There is no hurry and no must.
If you would rather not, I respect it.
If you prefer not to, that is perfectly okay.
I know you are busy, so please feel free to ignore this.
Even if you say no, I am happy that I wrote.
No is also okay for me.
If it's a bad time, please just skip my message.
Saying no is fine.
It is ok if you don't have time.
You do not need to answer.
If you are not available, I completely understand.
I understand well if it cannot be.
Should it not be possible, it does not matter.
If it is too much, do not worry.
Not answering is fine too.
Silence is also an answer for me.
I know that you have a lot of work, so a no does not hurt me.
If now is not good, another month is also good.
You may refuse, I will still read your posts.
I accept any answer.
It's fine to say you can't.
Don't hesitate to say no.
If you don't want, it's not a problem.
Of course you can also not answer.
I won't take it badly if you can't.
No pressure.
Please say so if it is not convenient, I will be okay.
I am fine with a "sorry, no time".
If life is too full right now, just let this one go.
If you would rather spend the hour with your kids, I fully get that.
Should you be short of time, a kind thought is enough.
I would never hold it against you.
Nobody has to answer strangers, I know that.
If this lands at a bad moment, please let it pass.
And if you never answer, I still learned something from your post.
Feel free to pass.
Totally your decision!
If that's too much to ask, say so, I won't mind.
Please do not feel you have to.
It's okay if this is not for you.
If the season is crazy, I can wait until winter or drop it.
You are welcome to say it does not fit.
A yes would make me happy, a no is fine.
If you don't talk to strangers, I get it.
If answering is a burden, please don't.
I know I am asking a lot, and "no" is an answer I can live with.
If you're not in the mood, no stress.
""".strip().splitlines()

LIBRE = """
Un « pas maintenant » me va très bien aussi.
Si ce n'est pas le bon moment, ce n'est rien.
Vous êtes libre de ne pas répondre.
si t'as pas le temps c'est pas grave
Je comprendrais très bien un refus.
Si c'est trop pour vous en ce moment, oubliez simplement mon message.
Dites non sans hésiter si cela ne vous arrange pas.
Vous pouvez dire non, bien sûr.
Rien ne vous y oblige.
Pas de stress si tu es débordée.
Si vous préférez garder cela pour vous, je le respecte.
Et si ce n'est pas possible, bonne saison à vous.
Sans réponse de votre part, je n'insisterai pas.
Votre non ne changera rien pour nous.
Un non me va aussi.
Sinon, ce n'est pas grave du tout.
Si vous ne pouvez pas, je comprendrai.
Aucune obligation.
Ne vous sentez pas obligé de répondre.
Je ne serai pas vexée si vous refusez.
Si le moment est mal choisi, aucun souci.
Si vous n'avez pas envie, je comprends tout à fait.
Une réponse négative me convient aussi.
Vous ne me devez rien.
N'hésitez pas à dire non.
Même si vous dites non, je suis contente de vous avoir écrit.
Pas d'inquiétude si vous êtes trop pris.
Si vous manquez de temps, ne répondez pas, c'est correct.
Je ne vous en voudrai pas.
Il n'y a pas d'urgence et pas d'obligation.
Si cela ne vous dit rien, tant pis.
Vous avez le droit de refuser.
C'est tout à fait correct de dire non.
Si vous n'êtes pas disponible, merci quand même.
Ne pas répondre est aussi une réponse.
Je sais que vous êtes occupé, un refus ne me gênera pas.
Sentez-vous à l'aise de dire non.
Si ça ne marche pas, pas de problème.
Si ce n'est pas le moment, je vous remercie tout de même.
Si vous n'avez pas le temps, je vous souhaite une belle journée.
Si ce n'est pas votre truc, je le comprends.
Si la saison est folle, laissez passer.
Si vous préférez garder ce temps pour vos enfants, c'est bien normal.
Un « désolé, pas le temps » me suffit.
Si cela vous embête, ne vous donnez pas cette peine.
Et si vous ne répondez jamais, j'aurai quand même appris quelque chose.
Vous n'avez pas à répondre.
Vous n'êtes pas tenu de répondre.
C'est vous qui voyez.
Un refus ne me fera pas de peine.
Si ma demande tombe mal, oubliez-la.
On peut aussi en rester là, aucun mal.
Ne vous forcez surtout pas.
Je sais que je demande beaucoup, et un « non » est une réponse.
Si c'est compliqué en ce moment, pas de stress.
Si vous n'aimez pas parler aux inconnus, je comprends.
Dites-moi franchement si ça ne vous dit rien.
Aucune réponse n'est attendue si vous manquez de temps.
t'es pas obligée de répondre
Je ne vous tiendrai pas rigueur d'un silence.
""".strip().splitlines()

NOT_FREE = """
If you have time, please answer me.
If you are not too busy, would you be free for a call?
Please do not say no.
Please do not ignore my message.
I cannot accept a no.
I hope for a positive answer.
I am waiting for your answer, thank you in advance.
I know you are very busy.
If you have no time for a call, please send me your advice.
I would be grateful for your help.
I am not good in English but I learn fast.
There is no one who can tell me this.
When are you free this week?
I understand how hard this work is.
I have no experience in Canada.
Even a short answer would help me.
It would be very good for me if you can help.
Si vous avez le temps, répondez-moi s'il vous plaît.
Si vous n'êtes pas trop occupé, pourrions-nous parler ?
Ne dites pas non.
Ne refusez pas, je vous en prie.
J'attends votre réponse avec impatience.
Je n'ai pas d'expérience ici, mais j'apprends vite.
Merci d'avance de votre réponse.
Je sais que vous êtes très occupée.
Quand êtes-vous libre cette semaine ?
Je serais heureux si vous pouvez m'aider.
Je comprends que votre métier est difficile.
Please answer me soon.
I really need your help, please do not leave me without an answer.
I hope that you will not refuse.
If you could spare time it would be great.
I will call you on Monday if I hear nothing.
If you do not answer I will write again.
Thank you for your time.
I know no one here.
If you are free on Tuesday, let us meet.
When I arrived there was no work.
Répondez-moi vite.
J'ai vraiment besoin de vous, ne me laissez pas sans réponse.
J'espère que vous ne refuserez pas.
Si vous aviez un moment, ce serait super.
Sans nouvelles de vous, je vous rappellerai lundi.
Merci pour votre temps.
Je ne connais personne ici.
Si vous êtes libre mardi, voyons-nous.
Quand je suis arrivé, il n'y avait pas de travail.
Je vous laisse mon numéro.
""".strip().splitlines()


@pytest.mark.parametrize("line", [*FREE, *LIBRE])
def test_a_line_that_lets_them_say_no_is_understood(line):
    assert grants_no(sentences_of(f"Could we talk about your bread for 20 minutes?\n{line}\nSamir"))


@pytest.mark.parametrize("line", NOT_FREE)
def test_politeness_and_hope_let_nobody_say_no(line):
    assert not grants_no(sentences_of(f"I read about your bread.\n{line}\nSamir"))
