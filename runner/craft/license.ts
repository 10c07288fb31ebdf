import { originOf } from '../../lib/catalog/datasets/index.ts';
import type { Suite } from '../../lib/contract/suite.ts';

/** Whose each file of a suite of the first hygiene is, and the license of all of them. */
const onFashionMnist = `SPDX-License-Identifier: MIT

The files named *.safetensors, in every folder of this suite:
  the images in them are made from those of FashionMNIST, https://github.com/zalandoresearch/fashion-mnist
  Copyright (c) 2017 Zalando SE, https://tech.zalando.com
  what was done to these images, and all that is no image
  Copyright (c) 2026 The Antidote developers

All other files of this suite:
  Copyright (c) 2026 The Antidote developers

MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"),
to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.
`;

/** Whose each file of the suite is, and the license of all that is ours. */
export function licenseText(suite: Suite): string {
  if (!suite.draw) return onFashionMnist;
  const { title, url, notice } = originOf(suite);
  return `SPDX-License-Identifier: MIT

The files named *.safetensors, in every folder of this suite:
  the images in them are made from those of ${title}, ${url}
  ${notice}
  what was done to these images, and all that is no image
  Copyright (c) 2026 The Antidote developers

${onFashionMnist.slice(onFashionMnist.indexOf('All other files'))}`;
}

export const licenseUrl = 'https://spdx.org/licenses/MIT';

/** The notice of one file, as the text above has it. */
export function copyrightNotice(suite: Suite, path: string): string {
  const ours = 'Copyright (c) 2026 The Antidote developers';
  if (!path.endsWith('.safetensors')) return ours;
  if (!suite.draw) return `Images: Copyright (c) 2017 Zalando SE (FashionMNIST). All else: ${ours}.`;
  const { title, notice } = originOf(suite);
  return `Images: ${title}, ${notice}. All else: ${ours}.`;
}
