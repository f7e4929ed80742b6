from tests.support.simulated import Simulated


async def test_a_member_adds_a_person_with_one_line(server: Simulated):
    amina = server.someone("Amina")
    said = await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="built the river sensor")
    assert "Dana R., Nordik is on your list." in said.text
    assert said.private
    assert said.labels == [
        "I asked them",
        "Add another person",
        "Join with my name",
        "Join with a nickname",
        "Not on the board",
    ]
