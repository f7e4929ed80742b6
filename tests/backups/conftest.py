from tests.store.conftest import tx as tx  # noqa: PLC0414 - the same as there
