import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadArchive } from '../../../runner/datasets/archive.ts';
import type { DataFile, DataSource, Member, PinnedFile } from '../../../runner/datasets/dataset.ts';
import { download } from '../../../runner/datasets/download.ts';
import type { Mirror } from '../../../runner/datasets/mirror.ts';
import { mirrorsOf, obtain } from '../../../runner/datasets/obtain.ts';
import { DataNotAvailable, HarnessFault } from '../../../runner/errors.ts';

const images = Buffer.from('one file of a small data set '.repeat(100));
const labels = Buffer.from('and its labels');
const pinned = (name: string, bytes: Buffer): PinnedFile => ({
  name,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
const [imageFile, labelFile] = [pinned('images', images), pinned('labels', labels)];
const silent = () => {};

let root: string;
let source: DataSource;
let servers: Server[] = [];
const kept = (name: string) => join(root, 'datasets', 'small', name);
const system = (name: string) => join(root, 'system', name);
const withoutApt = (): Mirror[] => mirrorsOf(source, silent).slice(0, -1);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'antidote-datasets-'));
  await mkdir(join(root, 'system'));
  await mkdir(join(root, 'datasets', 'small'), { recursive: true });
  source = {
    folder: 'small',
    files: [imageFile, labelFile],
    systemFolders: [join(root, 'system')],
    debianPackage: 'dataset-small',
    addresses: [],
    archives: [],
  };
});
afterEach(async () => {
  for (const server of servers) server.close();
  servers = [];
  await rm(root, { recursive: true });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const inMemory = (files: Record<string, Buffer>): Mirror => ({ find: async ({ name }) => files[name] ?? null });
const ensure = (ways: Mirror[]) => obtain(source, join(root, 'datasets'), silent, ways);

describe('obtain', () => {
  it('keeps what is there and asks nobody', async () => {
    await writeFile(kept('images'), images);
    await writeFile(kept('labels'), labels);
    const nobody: Mirror = { find: () => Promise.reject(new Error('asked')) };
    await ensure([nobody]);
  });

  it('takes gzipped files from the system package and keeps them unpacked', async () => {
    await writeFile(system('images.gz'), gzipSync(images));
    await writeFile(system('labels.gz'), gzipSync(labels));
    await ensure(withoutApt());
    expect(await readFile(kept('images'))).toEqual(images);
    expect(await readFile(kept('labels'))).toEqual(labels);
  });

  it.each([
    ['a truncated file', images.subarray(0, 100)],
    ['a file with one bit flipped', Buffer.from(images.map((byte, at) => (at === 7 ? byte ^ 1 : byte)))],
    ['an empty file', Buffer.alloc(0)],
  ])('passes over %s in the data folder and mends it from the next mirror', async (_, wrong) => {
    await writeFile(kept('images'), wrong);
    await writeFile(kept('labels'), labels);
    await ensure([inMemory({ images })]);
    expect(await readFile(kept('images'))).toEqual(images);
  });

  it('refuses a wrong file by its path, keeps nothing of it, and says how to go on', async () => {
    await writeFile(system('images.gz'), gzipSync(images).subarray(0, 40));
    await writeFile(system('labels.gz'), gzipSync(Buffer.from('other labels!!')));
    const failure = await ensure(withoutApt()).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(HarnessFault);
    expect((failure as Error).message).toContain(system('images.gz'));
    expect((failure as Error).message).toContain('apt-get install dataset-small');
    expect(await readdir(join(root, 'datasets', 'small'))).toEqual([]);
  });

  it('where no mirror has the data says so, and names the data set, each address that was tried and the file', async () => {
    const gone = await serve((_, response) => response.writeHead(404).end());
    source = {
      ...source,
      systemFolders: [],
      debianPackage: null,
      addresses: [gone],
      archives: [{ url: `${gone}/all.tgz`, bytes: 100, sha256: null }],
    };
    const failure = await ensure(mirrorsOf(source, silent)).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(DataNotAvailable);
    expect(failure).toMatchObject({ dataset: 'small' });
    for (const part of [
      'Data set small: data not available on this runner',
      `${gone}/images.gz: status 404`,
      `${gone}/all.tgz: status 404`,
      'images, labels',
    ])
      expect((failure as Error).message).toContain(part);
    expect((failure as Error).message).not.toContain('apt-get');
  });

  it('closes every mirror it used', async () => {
    let closed = 0;
    const mirror = (files: Record<string, Buffer>): Mirror => ({
      ...inMemory(files),
      close: async () => void closed++,
    });
    await ensure([mirror({}), mirror({ images, labels })]);
    expect(closed).toBe(2);
  });
});

describe('download', () => {
  const answers: Record<string, RequestListener> = {
    'a torn body': (_, response) => {
      response
        .writeHead(200, { 'content-length': 1000 })
        .write(gzipSync(images).subarray(0, 30), () => response.destroy());
    },
    'another file': (_, response) => response.end(gzipSync(Buffer.alloc(images.length))),
    'no gzip': (_, response) => response.end('<html>moved</html>'),
    'too many bytes': (_, response) => response.end(Buffer.alloc(images.length + 2_000)),
    'a file that unpacks to gigabytes': (_, response) => response.end(gzipSync(Buffer.alloc(2_000_000))),
    'status 404': (_, response) => response.writeHead(404).end(gzipSync(images)),
  };
  it.each(Object.entries(answers))('%s is an error that names the address', async (_, listener) => {
    const address = await serve(listener);
    await expect(download(address, silent).find(imageFile)).rejects.toThrow(`${address}/images.gz: `);
  });

  it('passes on to the next address at the first failure and asks a failed one no more', async () => {
    let asked = 0;
    const broken = await serve((_, response) => {
      asked++;
      response.writeHead(500).end();
    });
    const whole = await serve((request, response) =>
      response.end(gzipSync(request.url === '/images.gz' ? images : labels)),
    );
    source = { ...source, addresses: [broken, whole] };
    await ensure(withoutApt());
    expect(asked).toBe(1);
    expect(await readFile(kept('images'))).toEqual(images);
  });
});

describe('downloadArchive', () => {
  let archive: Buffer;
  beforeEach(async () => {
    await mkdir(join(root, 'inside'));
    await writeFile(join(root, 'inside', 'images'), images);
    await writeFile(join(root, 'inside', 'labels'), labels);
    execFileSync('tar', ['-czf', join(root, 'all.tgz'), '-C', root, 'inside']);
    archive = await readFile(join(root, 'all.tgz'));
  });
  const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const from = async (served: Buffer, sha256: string | null) => {
    const url = `${await serve((_, response) => response.end(served))}/all.tgz`;
    return { url, mirror: downloadArchive({ url, bytes: 100_000, sha256 }, silent) };
  };

  it('brings the files of a tar.gz whose sha256 is known, in one request, and nothing temporary stays', async () => {
    let asked = 0;
    const address = await serve((_, response) => {
      asked++;
      response.end(archive);
    });
    source = { ...source, archives: [{ url: `${address}/all.tgz`, bytes: archive.length, sha256: sumOf(archive) }] };
    await ensure(withoutApt());
    expect([await readFile(kept('images')), await readFile(kept('labels')), asked]).toEqual([images, labels, 1]);
    expect((await readdir(join(root, 'datasets', 'small'))).sort()).toEqual(['images', 'labels']);
  });

  it.each([
    ['another archive than the pinned one', () => archive, '0'.repeat(64), 'sha256'],
    ['a torn one', () => archive.subarray(0, 200), null, 'unexpected end'],
    ['a torn tar', () => gzipSync(gunzipSync(archive).subarray(0, 1700)), null, 'the tar archive ends within'],
    ['no tar', () => gzipSync(Buffer.alloc(2000, 'x')), null, 'no tar archive'],
    ['a page of words', () => Buffer.from('<html>moved</html>'), null, 'incorrect header'],
    ['too many bytes', () => Buffer.alloc(100_001), null, 'more than 100000 bytes'],
  ])('%s is an error that names the address', async (_, served, sha256, why) => {
    const { url, mirror } = await from(served(), sha256);
    const failure = await mirror.find(imageFile).catch((error: Error) => error.message);
    expect(failure).toContain(`${url}: `);
    expect(failure).toContain(why);
  });

  it('brings the files of a zip, and what a data set makes of them', async () => {
    const zipped = Buffer.from(zipSync({ 'inside/images': images, 'inside/labels': labels }));
    const { url, mirror } = await from(zipped, sumOf(zipped));
    expect(await mirror.find(labelFile)).toEqual(new Uint8Array(labels));
    await expect(mirror.find({ ...imageFile, name: 'others' })).rejects.toThrow(`${url}: others: not in the archive`);
    const reversed = new Uint8Array(labels).toReversed();
    const file = { name: 'made', bytes: reversed.length, sha256: sumOf(Buffer.from(reversed)) };
    const make = (_: string, member: Member) => member('labels').toReversed();
    expect(await downloadArchive({ url, bytes: 100_000, sha256: null, make }, silent).find(file)).toEqual(reversed);
  });

  it('refuses a file of the archive that is wrong, by its name, and one that it lacks', async () => {
    const { url, mirror } = await from(archive, null);
    await expect(mirror.find({ ...imageFile, sha256: '0'.repeat(64) })).rejects.toThrow(`${url}: images: sha256`);
    await expect(mirror.find({ ...imageFile, name: 'others' })).rejects.toThrow(`${url}: others: not in the archive`);
    expect(await mirror.find(labelFile)).toEqual(new Uint8Array(labels));
  });

  it('keeps a file whose sha256 nobody knows only if it holds what it should', async () => {
    const described: DataFile = {
      name: 'labels',
      bytes: 100,
      sha256: null,
      defect: (bytes) => (Buffer.from(bytes).includes('labels') ? null : 'no labels'),
    };
    const { mirror } = await from(archive, null);
    expect(await mirror.find(described)).toEqual(new Uint8Array(labels));
    await expect(mirror.find({ ...described, name: 'images' })).rejects.toThrow('images: more than 100 bytes');
    await expect(mirror.find({ ...described, name: 'images', bytes: 10_000 })).rejects.toThrow('images: no labels');
  });
});
