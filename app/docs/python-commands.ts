/** From nothing to a row of the board. A test runs the first two as printed. */
export const pythonCommands = `npx antidote init my-defense --language python
npx antidote check my-defense/filter.py
npx antidote evaluate my-defense/filter.py --suite smoke-2 --scenario badnets-mlp-128 --seeds 1
npx antidote submit my-defense/filter.py --suite smoke-2 --name "Far rows" --watch`;

/** The same without Node but for the first line. A test runs them in this order, with the set torch in place of pip. */
export const homeCommands = `npx antidote suite export-jobs smoke-2 --scenario badnets-mlp-128 --seeds 1 --with-truth --out jobs
pip install ./runner/python torch
python -m antidote_host run loop.py --job jobs
python -m antidote_host score loop.results`;

/** What a host offers, by the names of its methods. A test compares them with the package. */
export const hostMethods = {
  recipe: 'How the suite trains: optimizer, momentum, learning_rate, schedule, sampling, batch_size, steps.',
  'model(init=None)': 'The suite’s model as a module of PyTorch, with its starting weights or with those given.',
  'tensors(rows)': 'Rows as a TensorDataset: float32 pixels in [0, 1] as [n, channels, height, width], int64 labels.',
  'fit(train, *, weights, targets, epochs, batch_size, learning_rate, init, shape)':
    'Trains the suite’s model by its recipe and returns the weights. targets: soft labels [n, classes]. All options may be left out.',
  'logits(model, rows)': 'The outputs of the model, [n, classes]. The model is a module, or weights by name.',
  'features(model, rows, layer=-1)': 'The outputs of a layer, [n, d]; of the last hidden one where none is named.',
  'weights_of(module)': 'The weights of a module of host.model, by the suite’s names.',
  'seed(name)': 'A number that depends on the trial and this name alone.',
  'log(*values)': 'Prints. The first 64 KiB of all that is printed are kept, for you and the organizers.',
};
