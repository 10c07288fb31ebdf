import { originOf } from '../../lib/catalog/datasets/index.ts';
import type { ListedFile } from '../../lib/contract/manifest.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { copyrightNotice, licenseUrl } from './license.ts';
import { poisonTablePath } from './poison-table.ts';

type File = ListedFile;

/** A registered name, or the address of the format where there is none. */
const encodingFormats: Record<string, string> = {
  json: 'application/json',
  md: 'text/markdown',
  csv: 'text/csv',
  safetensors: 'https://huggingface.co/docs/safetensors',
};

/**
 * The suite for programs that read Croissant 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html):
 * every file with length and sha256, the cells, and the poisoned rows with their labels. Addresses are relative to the
 * folder, so that the bytes are the same wherever a suite lies.
 */
export function croissant(suite: Suite, files: readonly File[]) {
  const { id, title, summary, published } = suite;
  return {
    '@context': context,
    '@type': 'sc:Dataset',
    name: id,
    alternateName: `Antidote attack suite ${id}: ${title}`,
    description: `${summary} Poison for training sets, made to compare defenses against it.`,
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    url: 'README.md',
    license: licenseUrl,
    sdLicense: licenseUrl,
    creator: { '@type': 'sc:Organization', name: 'The Antidote developers' },
    datePublished: published,
    version: `${id.split('-').at(-1)}.0.0`,
    citeAs: citation(suite),
    isBasedOn: originOf(suite).url,
    keywords: [
      'data poisoning',
      'backdoor attacks',
      'machine learning security',
      ...new Set(suite.scenarios.map(({ dataset }) => dataset)),
    ],
    distribution: [
      ...files.map((file) => fileObject(suite, file)),
      {
        '@type': 'cr:FileSet',
        '@id': 'poison-tensors',
        name: 'poison-tensors',
        ...described('safetensors', '*/poison.safetensors', 'The poison of each cell: see README.md.'),
      },
      {
        '@type': 'cr:FileSet',
        '@id': 'poison-tables',
        name: 'poison-tables',
        ...described('csv', poisonTablePath('*'), 'The rows and labels of each cell, by scenario.'),
      },
    ],
    recordSet: [
      {
        '@type': 'cr:RecordSet',
        '@id': 'cells',
        name: 'cells',
        description: 'One for each scenario, budget and seed.',
        key: { '@id': 'cells/path' },
        field: [
          cellField('path', 'sc:Text', 'The file with its tensors.'),
          cellField('scenario', 'sc:Text', 'Data set, model and attack: see suite.json.'),
          cellField('budget', 'sc:Float', 'A poison rate below 1, or a number of rows for each target.'),
          cellField('seed', 'sc:Integer', 'Of everything that is drawn.'),
        ],
      },
      {
        '@type': 'cr:RecordSet',
        '@id': 'poison',
        name: 'poison',
        description: 'One for each poisoned training row of each cell.',
        field: [
          {
            ...field('poison/scenario', 'sc:Text', 'As in cells.'),
            source: {
              fileSet: { '@id': 'poison-tables' },
              extract: { fileProperty: 'fullpath' },
              transform: { regex: '^([^/]+)/' },
            },
          },
          poisonField('budget', 'sc:Float', 'As in cells.'),
          poisonField('seed', 'sc:Integer', 'As in cells.'),
          poisonField(
            'index',
            'cr:Int32',
            suite.draw
              ? 'Which row of the base, from 0: base/<data set>/seed-<seed>.safetensors says which row of the data set that is.'
              : 'Which row of the training set, from 0, as the data set has it.',
          ),
          poisonField('label', 'cr:Int32', 'The label that it is given.'),
        ],
      },
    ],
  };
}

/** For BibTeX. The digest is not in it: it covers this text too. */
const citation = ({ id, published }: Suite) =>
  `@misc{antidote-${id}, title = {Antidote attack suite ${id}}, author = {{The Antidote developers}}, year = {${published.slice(0, 4)}}, note = {Name the digest of its manifest.json beside it}}`;

const formatOf = (path: string) => encodingFormats[path.split('.').at(-1)!] ?? 'text/plain';

const fileObject = (suite: Suite, { path, bytes, sha256 }: File) => ({
  '@type': 'cr:FileObject',
  '@id': path,
  name: path,
  contentUrl: path,
  contentSize: `${bytes} B`,
  encodingFormat: formatOf(path),
  sha256: sha256.replace('sha256:', ''),
  license: licenseUrl,
  copyrightNotice: copyrightNotice(suite, path),
});

const described = (extension: string, includes: string, description: string) => ({
  description,
  encodingFormat: encodingFormats[extension],
  includes,
});
const field = (id: string, dataType: string, description: string) => ({
  '@type': 'cr:Field',
  '@id': id,
  name: id.split('/')[1],
  description,
  dataType,
});
const cellField = (name: string, dataType: string, description: string) => ({
  ...field(`cells/${name}`, dataType, description),
  source: { fileObject: { '@id': 'suite.json' }, extract: { jsonPath: `$.cells[*].${name}` } },
});
const poisonField = (name: string, dataType: string, description: string) => ({
  ...field(`poison/${name}`, dataType, description),
  source: { fileSet: { '@id': 'poison-tables' }, extract: { column: name } },
});

const ofCroissant = (...terms: string[]) => Object.fromEntries(terms.map((term) => [term, `cr:${term}`]));

/** The terms that Croissant 1.1 wants defined (its appendix 1). */
const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  conformsTo: 'dct:conformsTo',
  name: { '@container': '@language' },
  description: { '@container': '@language' },
  data: { '@id': 'cr:data', '@type': '@json' },
  examples: { '@id': 'cr:examples', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  ...ofCroissant('citeAs', 'isLiveDataset', 'key', 'md5'),
  ...ofCroissant('fileObject', 'fileSet', 'containedIn', 'includes', 'fileProperty', 'path', 'samplingRate'),
  ...ofCroissant(
    'recordSet',
    'field',
    'subField',
    'parentField',
    'references',
    'repeated',
    'isArray',
    'arrayShape',
    'equivalentProperty',
  ),
  ...ofCroissant('source', 'extract', 'column', 'jsonPath', 'transform', 'regex', 'replace', 'separator', 'format'),
};
