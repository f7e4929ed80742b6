"""What a message needs can be said in many ways: each line says it, and the lines under NOT do not."""

import pytest

from bot.domain.outreach.review import Fault, Review, review

ASKS_FOR_A_JOB = """
I will be thankful if you accept me in your daycare.
I am ready to start immediately.
Can you keep my name for the next opening?
I am currently looking for work as a welder.
If you need a driver, please call me.
I would be happy to be part of your team.
Could you talk to your manager about me?
Please take me as a helper in your kitchen.
I want to apply for the position of clerk.
Can you write me a letter of reference?
Do you have some shifts for me?
I am searching for an internship in accounting.
Is your company hiring now?
Please give me a chance to work with you.
Je serais reconnaissante si vous m'acceptez dans votre garderie.
Je suis disponible tout de suite.
Pouvez-vous le garder pour le prochain poste ?
Je suis à la recherche d'un emploi de soudeur.
Si vous avez besoin d'un chauffeur, appelez-moi.
J'aimerais rejoindre votre équipe.
Pourriez-vous parler de moi à votre chef ?
Prenez-moi comme aide dans votre cuisine.
Je postule pour le poste de commis.
Pouvez-vous me faire une lettre de recommandation ?
Auriez-vous une place pour moi ?
Je recherche activement un stage en comptabilité.
Est-ce que votre entreprise recrute ?
Je peux commencer dès lundi.
"""
ASKS_FOR_NO_JOB = """
I do not ask for a job, only for your story.
I am not looking for work, I want to understand yours.
How did you find your first job here?
I would like to hear about your job in the port.
I was ready for the exam in May.
Is there a job that surprised you?
I worked part time in a bakery.
Je ne cherche pas un emploi, seulement votre histoire.
Comment avez-vous trouvé votre premier emploi ici ?
Je voudrais comprendre votre travail au port.
Je ne demande pas de travail.
Je travaillais à temps partiel dans une boulangerie.
Êtes-vous disponible mardi ?
"""

SAYS = {
    Fault.REASON: """
I read what you wrote about the broken freezer.
On Saturday you mended my neighbour's radio without the manual.
You were the only person who answered my question.
Thank you for the tour of the greenhouse.
I loved how you explained the taxes to the mothers.
I still think of the soup you served at the shelter.
Your poster about batteries is the first one my mother understood.
My teacher says you began as a tailor in Hue.
I was in the room when you sang at the festival.
You mend boats in Lunenburg.
I saw you on Tuesday at the parents' evening.
In your last post you say that fear is bigger than pain.
It was you who helped the old man with the machine.
Your company made the bridge that I cross every day.
The garden behind the church is yours, I hear.
You left banking for bees.
I am writing because you run the only night school here.
Votre affiche sur le tri des piles m'a fait sourire.
J'ai lu ce que vous avez écrit sur les vieilles machines.
Samedi, vous avez réparé la radio de ma voisine.
C'est vous qui avez répondu à ma question.
J'ai aimé comment vous avez expliqué les impôts.
Merci pour la visite de la serre.
Vous êtes la seule qui parle tigrigna à la clinique.
Ma professeure dit que vous étiez couturier à Hué.
J'étais dans la salle quand vous avez chanté.
Dans votre dernier article, vous dites que la peur est plus grande que le mal.
Vous tenez la petite librairie de la rue Ontario.
Tu as dessiné le plan du jardin.
Vous avez quitté la banque pour les abeilles.
L'escalier que vous avez refait ne fait plus de bruit.
Je pense encore à la soupe que vous serviez au refuge.
""",
    Fault.COMMON: """
We are neighbours, I live two doors from you.
I speak it too.
I also packed food in a warehouse.
Like you, I studied plants.
I come from payroll too.
My aunt and I sewed dresses as well.
Our children go to the same school.
We sat at the same table.
You and I left the same town.
I, too, put panels on roofs.
I did this work also.
My cousin Ana works with you.
Samira from the choir gave me your name.
I know that cold as well.
I was in this class two years after you.
I am also from Cali.
Both of us began again at forty.
I have the same machine at home.
My daughter is in your choir.
I come from Hue as you do.
Je le parle aussi.
Moi aussi, je réparais des machines.
Je suis menuisier, comme vous.
Nous étions dans la même classe.
Je vis ce changement aussi.
Nous venons de la même ville.
Ma fille chante dans votre chorale.
Irina, qui travaille dans votre salon, m'a donné votre nom.
Je suis votre voisine du dessus.
J'ai fait ce chemin également.
On a grandi dans le même quartier.
Nos enfants vont à la même école.
J'ai appris ce métier avec la même patronne que vous.
Notre métier est le même.
Fatou de ma classe me l'a dit.
""",
    Fault.QUESTION: """
Could we talk for a bit?
I wanted to ask if you would have 15 minutes.
I would be glad to ask you how you decided.
I am wondering whether you could show me the workshop.
May I call you one evening?
I would like to invite you for a coffee.
It would help me to hear how you began.
I hope to hear how you began.
Maybe you have a quarter of an hour.
Please tell me if 15 minutes are possible.
I would love to hear how you chose the wood.
I would be thankful for 15 minutes on the phone.
Je voulais vous demander si vous auriez 20 minutes.
J'aimerais vous poser deux questions sur le bois.
Je serais heureuse d'apprendre comment vous avez fait.
Peut-être auriez-vous un quart d'heure.
Je voudrais vous inviter à prendre un café.
Quinze minutes au téléphone me rendraient heureuse.
Dites-moi si un appel est possible.
Je me demande si vous auriez un moment.
Il me serait très utile de vous entendre sur ce sujet.
Un appel de 20 minutes me suffirait.
J'espère pouvoir vous parler un quart d'heure.
""",
    Fault.TOPIC: """
Could we talk about how you feed the bees before spring?
May I ask which exam you would take first?
I want to understand what changes when there is snow.
Would you tell me how to choose a first machine?
Can you show me how a normal month goes?
I am curious about the training for the big bus.
I have a question on old elevators, can I call?
Could you explain the first steps to the licence?
I'd like to hear why you left the bank.
How do hospitals choose interpreters here?
Pourriez-vous m'expliquer comment on nourrit les abeilles ?
Auriez-vous un moment pour me dire par quoi commencer ?
Est-ce que je peux vous poser deux questions sur le bois d'ici ?
Qu'est-ce qui change avec la neige ?
J'aimerais savoir lequel des deux examens passer d'abord.
Pourriez-vous me parler de votre premier hiver ?
Je voudrais comprendre ce que les clients d'ici demandent.
Puis-je vous appeler au sujet des poêles ?
Tu pourrais me dire comment se passe l'examen ?
J'aimerais apprendre à quoi ressemble un mois normal.
Pourriez-vous m'éclairer sur la licence d'électricien ?
J'aurais une question concernant les normes du bâtiment.
Auriez-vous un quart d'heure pour parler des premières étapes ?
""",
    Fault.DURATION: """
Could we talk for half an hour?
Could we talk for a half hour?
Could we talk for a quarter of an hour?
Fifteen minutes are enough.
Could we talk for 20 min?
Could we talk for 20min?
Could we talk for 15-20 minutes?
Could we talk for 15 to 20 minutes?
Could we talk for one hour?
Would you have 20 mins?
Would you have twenty short minutes?
Auriez-vous une demi-heure ?
Auriez-vous une demie heure ?
Auriez-vous un petit quart d'heure ?
Auriez-vous une vingtaine de minutes ?
Auriez-vous quinze minutes ?
Auriez-vous 20 min ?
Auriez-vous 15 à 20 minutes ?
Auriez-vous trois quarts d'heure ?
Auriez-vous vingt petites minutes ?
""",
}

DOES_NOT_SAY = {
    Fault.REASON: """
I found your profile on LinkedIn.
Your experience is very impressive.
I see that you work in marketing.
You have a great career.
I would like to hear how you started.
I got your contact on the website of your company.
I hope that you are well.
Can you help me with your advice?
I want to ask you about your career.
Thank you for your time.
If you decide to help me, I will be happy.
Your company is big and famous.
J'ai vu votre profil sur LinkedIn.
Votre parcours est très impressionnant.
Je vois que vous travaillez en marketing.
J'ai trouvé votre contact sur le site de votre entreprise.
J'aimerais savoir comment vous avez commencé.
J'espère que vous allez bien.
Merci pour votre temps.
Si vous acceptez de m'aider, je serai heureux.
Votre entreprise est grande et connue.
Madame, Monsieur, je cherche un poste de comptable.
""",
    Fault.COMMON: """
I would also like to have your advice.
I am not too busy this week.
Could we meet next week?
I also attach my papers.
I was told to write to you.
I have ten years of experience.
J'aimerais aussi avoir vos conseils.
Pourrions-nous nous rencontrer ?
J'ai dix ans d'expérience.
Je vous joins aussi mes papiers.
Je suis arrivé en mars.
""",
    Fault.QUESTION: """
I am an engineer from Cairo.
I wait for your message.
I have many things in my head.
Your talk was very clear.
Je suis ingénieur du Caire.
J'attends votre message.
Votre atelier était très clair.
Je suis disponible tout de suite.
""",
    Fault.TOPIC: """
Could we talk next week?
I would like your advice.
I would like to learn from you.
Could we talk about opportunities?
Could we talk about my career?
Can I call you on Monday?
Pourrions-nous parler la semaine prochaine ?
J'aimerais avoir vos conseils.
Pourrions-nous parler de vos disponibilités ?
Puis-je vous appeler lundi ?
Pourrions-nous discuter des possibilités ?
""",
    Fault.DURATION: """
Could we talk for a short time?
I live 20 minutes from you.
I worked 12 years in a bank.
Auriez-vous un moment ?
Pourrions-nous parler un peu ?
J'ai travaillé 12 ans dans une banque.
""",
}
_ASKED = [(fault, line) for fault, lines in SAYS.items() for line in lines.strip().splitlines()]
_MISSING = [(fault, line) for fault, lines in DOES_NOT_SAY.items() for line in lines.strip().splitlines()]


def faults(line):
    found = review(f"Hello Dana, good day to you.\n{line}\nSamir")
    assert isinstance(found, Review)
    return {fix.fault for fix in found.faults}


@pytest.mark.parametrize(("fault", "line"), _ASKED)
def test_a_line_that_says_what_is_needed_is_understood(fault, line):
    assert fault not in faults(line)


@pytest.mark.parametrize(("fault", "line"), _MISSING)
def test_a_line_that_only_sounds_like_it_is_not_taken_for_it(fault, line):
    assert fault in faults(line)


@pytest.mark.parametrize("line", ASKS_FOR_A_JOB.strip().splitlines())
def test_a_line_that_asks_for_a_job_is_seen(line):
    assert Fault.JOB in faults(line)


@pytest.mark.parametrize("line", ASKS_FOR_NO_JOB.strip().splitlines())
def test_a_line_about_their_job_asks_for_none(line):
    assert Fault.JOB not in faults(line)
