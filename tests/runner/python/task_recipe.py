"""How the models of these tests are trained, as a task says it."""

TASK_RECIPE: dict[str, object] = {
    "id": "test",
    "optimizer": "sgd",
    "momentum": 0.9,
    "learningRate": 0.1,
    "schedule": "cosine",
    "weightDecay": 0,
    "sampling": "poisson",
    "batchSize": 16,
    "steps": 20,
}
