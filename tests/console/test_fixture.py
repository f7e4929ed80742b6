async def test_amina_sees_her_list(circle):
    await circle.run('@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"')
    seen = await circle.one("@amina /lead list")
    assert "Dana R." in seen.text
    assert b"Dana" not in circle.stored
