"""A card as a job folder holds it is the model of that name here."""

import json
from pathlib import Path

from antidote_host.guest.job_folder import model_of
from antidote_host.models import model_card

FIXTURE = Path(__file__).parents[2] / "fixtures/resnet-9.json"


def test_a_residual_network_is_read_off_its_card_with_every_layer() -> None:
    card = model_of(json.loads(FIXTURE.read_text("utf-8")))
    assert card == model_card(card.id, card.shape, 10, card.recipe)
