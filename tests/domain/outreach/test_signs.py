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
Do you have any openings in your kitchen?
Please tell me if you hear of a job.
I can work nights and weekends.
I would be honoured to work under your direction.
Could you give my CV to your HR?
Is there a chance to join your staff?
Could I do an internship with you?
I will do any job.
Could you hire my cousin?
Would your boss need someone like me?
Please consider me for your team.
I am open to any position.
I look for work since March.
Please inform me about vacancies.
Y a-t-il des places dans votre cuisine ?
Dites-moi si vous entendez parler d'un emploi.
Je peux travailler la nuit et le week-end.
Je serais honoré de travailler sous votre direction.
Pourriez-vous donner mon CV à vos RH ?
Pourrais-je faire un stage chez vous ?
Je ferai n'importe quel boulot.
Votre patron aurait-il besoin de quelqu'un comme moi ?
Gardez mon CV pour plus tard.
Je suis ouvert à tout poste.
Je cherche du travail depuis mars.
Merci de me tenir au courant des postes.
Avez-vous besoin d'une couturière ?
Pourriez-vous me prendre en stage ?
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
I read that your company is hiring newcomers, and you train them yourself.
How does one apply for the licence?
Which job did you do before the bees?
I am not here to ask for a job.
Could you recommend me a good book on tiles?
You help people to find a job, and my sister was one of them.
I loved the work in your garden.
How do you train new people?
What does a normal day at work look like?
I lost my job in March and your post gave me hope.
You told us how you changed jobs at fifty.
Comment avez-vous trouvé votre premier travail ici ?
Comment fait-on la demande de permis ?
Quel métier faisiez-vous avant les abeilles ?
Je ne viens pas demander du travail.
Pourriez-vous me recommander un bon livre ?
Vous aidez les gens à trouver un emploi, et ma sœur en était.
J'ai aimé le travail dans votre jardin.
À quoi ressemble une journée de travail ?
J'ai perdu mon emploi en mars et votre texte m'a redonné espoir.
Comment choisissez-vous les gens que vous engagez ?
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
Your recipe for lentils is now my children's favourite.
I use the bench you built at the bus stop.
You answered a stranger's question in the forum last night, kindly.
I was at table four when you cooked for the school.
Marta from the library said you mend clocks.
You won the prize for the best cheese in May.
I saw the wall you painted on Hill Street.
I kept the note you gave me after the workshop.
The way you greet every child made me smile.
Votre recette de lentilles est devenue celle de mes enfants.
Je m'assieds souvent sur le banc que vous avez fait.
Vous parlez cinq langues au guichet de la mairie.
Marta, de la bibliothèque, dit que vous réparez des horloges.
Vous avez gagné le prix du meilleur fromage.
J'ai vu le mur que vous avez peint rue Haute.
La façon dont vous saluez chaque enfant m'a touchée.
J'étais à la table quatre quand vous avez cuisiné pour l'école.
Tu joues de l'oud le jeudi au café Mimosa.
Vous m'avez aidée à la gare quand j'étais perdue.
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
I grew up two streets from your school.
I fix clocks as well.
Both our mothers sew.
My daughter is in the class of your son.
I come from the same valley.
We go to one church.
I have the same old camera.
I, too, left a bank for a kitchen.
Marta, who sings with me, gave me your number.
I was a student of Dr. Lam, just like you.
J'ai grandi à deux rues de votre école.
Je répare aussi des horloges.
Nos mères cousent toutes les deux.
Ma fille est dans la classe de votre fils.
Je viens de la même vallée.
Nous allons à la même église.
J'ai quitté une banque pour une cuisine, tout comme vous.
Marta, qui chante avec moi, m'a donné votre numéro.
Comme vous, j'ai commencé tard.
Je suis aussi passée par le cours du soir.
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
Please let me know if a call would suit you.
I was hoping you could tell me about the exam.
It would mean a lot to hear your story.
I would be so grateful for 15 minutes.
I'd appreciate it if you could explain the licence.
I am asking for ten minutes of your time.
I would like to know how you began.
Je serais heureux si vous m'accordiez 15 minutes.
Je vous serais reconnaissante de m'expliquer la licence.
Je souhaiterais en savoir plus sur vos débuts.
Un café me ferait plaisir.
J'apprécierais beaucoup vos réponses.
Je vous demande dix minutes.
Merci de me dire si un appel vous convient.
Ce serait super de se parler.
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
I would love your view on night shifts in small hospitals.
Could you walk me through your first tax season?
It would help me to know what to say to a customer who is angry.
Could we compare how we teach reading?
My question: how long does the exam take?
I want to learn more about the wood that grows here.
Could you share one thing about starting a kitchen?
I'd like to pick your brain on sourdough.
Can I ask when bees need sugar?
What would you tell somebody who begins with tiles?
May I ask you about tiles?
Would you show me the way you fold the dough?
J'aimerais avoir votre regard sur les nuits à l'hôpital.
Pourriez-vous me guider dans ma première déclaration d'impôt ?
Cela m'aiderait de savoir quoi dire à un client fâché.
Ma question : combien de temps dure l'examen ?
Je voudrais en savoir plus sur le bois d'ici.
Pourriez-vous me dire une chose sur l'ouverture d'une cuisine ?
Puis-je vous demander quand il faut nourrir les abeilles ?
Que diriez-vous à quelqu'un qui commence dans le carrelage ?
Pourriez-vous me montrer votre manière de plier la pâte ?
J'aimerais échanger autour de la lecture en deux langues.
Je me demande si le diplôme de Tunis suffit ici.
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
Could we have a short call?
Could we have a quick call?
A brief phone call would be wonderful.
Do you have a few minutes?
A ten minute walk would be lovely.
Is a 10-minute call okay?
I need 15 minutes, not more.
May I send you three questions by email?
You can answer me here, in writing.
One line back is enough for me.
Auriez-vous une demi-heure ?
Auriez-vous une demie heure ?
Auriez-vous un petit quart d'heure ?
Auriez-vous une vingtaine de minutes ?
Auriez-vous quinze minutes ?
Auriez-vous 20 min ?
Auriez-vous 15 à 20 minutes ?
Auriez-vous trois quarts d'heure ?
Auriez-vous vingt petites minutes ?
Pourrions-nous avoir un court appel ?
Un échange rapide me suffirait.
Auriez-vous quelques minutes ?
Puis-je venir une petite heure ?
Je ne prendrais que cinq minutes.
Puis-je vous envoyer trois questions par courriel ?
Vous pouvez me répondre ici, par écrit.
Une ligne de votre part me suffit.
Could we talk for ten to fifteen minutes?
Would half an hour work?
Could we take a 30 min coffee?
45 minutes at most.
I would take only five minutes of your day.
Could we have a quick chat?
Auriez-vous dix à quinze minutes ?
Un appel de dix minutes vous va ?
Une demi-heure suffirait.
On prend un café 30 min ?
Pas plus de 45 minutes.
Une petite discussion de 20 mn ?
Vous auriez un quart d'heure ?
Un bref échange par téléphone serait parfait.
Juste 15 min svp.
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
I admire your career and your success.
Your company is a leader in the field.
I found you on the internet.
You have a lot of experience.
I am impressed by your profile.
You work in the job that I want.
Your job is my dream job.
J'admire votre carrière et votre réussite.
Votre entreprise est reconnue.
Je vous ai trouvé sur internet.
Vous avez beaucoup d'expérience.
Votre profil m'a impressionné.
Vous faites le métier que je veux.
Vous travaillez dans mon domaine.
Pouvez-vous m'aider, s'il vous plaît ?
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
I am new in this city.
I would love to work in this field too.
I have two children and a dog.
Could we meet this week or next?
I am looking forward to hearing from you.
Je suis nouvelle dans cette ville.
J'aimerais aussi travailler dans ce domaine.
J'ai deux enfants et un chien.
Pourrions-nous nous voir cette semaine ?
Dans l'attente de vous lire.
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
I enjoyed your talk.
I was a nurse in Cebu.
You did great work.
J'ai aimé votre exposé.
J'étais infirmière à Thiès.
Vous avez fait du beau travail.
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
I would love to connect with you.
Could I get some guidance?
Can we meet to talk about my future?
I would like to hear your thoughts.
Could you help me?
Could you tell me more?
When can we meet?
J'aimerais entrer en contact avec vous.
Pourriez-vous me guider ?
Peut-on se voir pour parler de mon avenir ?
J'aimerais avoir votre avis.
Pourriez-vous m'aider ?
Quand peut-on se voir ?
Pourrions-nous parler un peu de tout ?
""",
    Fault.DURATION: """
Could we talk for a short time?
I live 20 minutes from you.
I worked 12 years in a bank.
Auriez-vous un moment ?
Pourrions-nous parler un peu ?
J'ai travaillé 12 ans dans une banque.
Could we talk for a while?
I have been here for 10 months.
Are you free on the 15th?
Could we meet at 10?
Pourrions-nous parler un moment ?
Je suis ici depuis 10 mois.
Êtes-vous libre le 15 ?
Pourrions-nous nous voir lundi ?
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
