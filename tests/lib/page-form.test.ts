import { expect, it } from 'vitest';
import { formDefect } from '../../lib/page-form.ts';

const own = 'http://localhost:3000';
const sent = (body: string, type = 'multipart/form-data; boundary=X') =>
  new Request(own, { method: 'POST', body, headers: { 'content-type': type } });
const field = '--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n';

it('a form is read whole, and can be read again', async () => {
  const whole = sent(`${field}--X--\r\n`);
  expect(await formDefect(whole)).toBeNull();
  expect((await whole.formData()).get('a')).toBe('1');
  expect(await formDefect(sent('anything', 'text/plain'))).toBeNull(); // what a page's own program sends
});

it.each(['', 'garbage', field, field.slice(0, 20), field.slice(0, -2)])('a form that is %j is 400', async (body) =>
  expect((await formDefect(sent(body)))?.status).toBe(400),
);

/** Ids as Next makes them: the first byte tells which arguments an action uses. */
const [ofNone, ofForm, ofStateAndForm] = ['00', '40', '60'].map((first) => first + 'ab'.repeat(20));

/** By its program: the status that a page answers a call of an action with, or null where it is taken. */
async function called(id: string, parts: Record<string, string>): Promise<number | null> {
  const body = new FormData();
  for (const [name, value] of Object.entries(parts)) body.append(name, value);
  const request = new Request(own, { method: 'POST', body, headers: { 'next-action': id } });
  return (await formDefect(request))?.status ?? null;
}
/** Without JavaScript. */
async function posted(parts: Record<string, string>): Promise<number | null> {
  const body = new FormData();
  for (const [name, value] of Object.entries(parts)) body.append(name, value);
  return (await formDefect(new Request(own, { method: 'POST', body })))?.status ?? null;
}
const reference = (id: string, state: string, bound = '"$@1"') => ({
  $ACTION_REF_6: '',
  '$ACTION_6:0': `{"id":"${id}","bound":${bound}}`,
  '$ACTION_6:1': state,
  $ACTION_KEY: 'k1',
});

it('a call of an action as our forms make it is taken', async () => {
  expect(await called(ofForm!, { 0: '["$K1"]', '1_token': 'a' })).toBeNull();
  expect(await called(ofStateAndForm!, { 0: '[null,"$K1"]', '1_name': '$1' })).toBeNull();
  const state = { problem: '$$ is missing', draft: { scopes: ['read'], days: 7, none: '$undefined', no: false } };
  expect(await called(ofStateAndForm!, { 0: JSON.stringify([state, '$K1']) })).toBeNull();
  expect(await posted({ [`$ACTION_ID_${ofForm}`]: '', token: 'a' })).toBeNull();
  expect(await posted({ [`$ACTION_ID_${ofNone}`]: '' })).toBeNull();
  expect(await posted({ ...reference(ofStateAndForm!, JSON.stringify([state])), name: '$K1' })).toBeNull();
  expect(await posted({ name: 'of no action' })).toBeNull();
  const empty = new Request(own, { method: 'POST', body: '[]', headers: { 'next-action': ofNone! } });
  expect(await formDefect(empty)).toBeNull();
  expect(await empty.text()).toBe('[]');
});

it.each([
  '',
  '{',
  'null',
  '{"a":1}',
  '"x"',
  '[]',
  '["$1"]',
  '["$F1"]',
  '[null,5]',
  '[null,null]',
  '["$K1"]',
  '[null,"$K1",null]',
  '[null,["$K1"]]',
  '["$1:__proto__:x","$K1"]',
  '[{"a":"$@2"},"$K1"]',
  '[{"__proto__":{"a":1}},"$K1"]',
  '["$n123","$K1"]',
  '[null,"$Kx"]',
  `${'['.repeat(5000)}null${']'.repeat(5000)}`,
  `[${'['.repeat(9)}1${']'.repeat(9)},"$K1"]`,
])('a call of an action with %j is 400', async (args) => expect(await called(ofStateAndForm!, { 0: args })).toBe(400));

it('a call with other arguments than the action takes, or without a form, is 400', async () => {
  for (const id of [ofNone, ofForm]) expect(await called(id!, { 0: '[null,"$K1"]' })).toBe(400);
  expect(await called(ofStateAndForm!, { other: 'part' })).toBe(400);
  expect(await posted({ [`$ACTION_ID_${ofStateAndForm}`]: '' })).toBe(400);
  for (const state of ['', '{', '[]', '[null,null]', '["$1"]'])
    expect(await posted(reference(ofStateAndForm!, state)), state).toBe(400);
  expect(await posted(reference(ofStateAndForm!, '[null]', 'null'))).toBe(400);
  expect(await posted({ ...reference(ofStateAndForm!, '[null]'), [`$ACTION_ID_${ofForm}`]: '' })).toBe(400);
  expect(await posted({ $ACTION_REF_6: '' })).toBe(400);
  for (const [id, body] of [
    [ofForm, '[]'],
    [ofNone, '[1]'],
    [ofNone, ''],
    ['x', '[]'],
  ] as const)
    expect(
      (await formDefect(new Request(own, { method: 'POST', body, headers: { 'next-action': id! } })))?.status,
    ).toBe(400);
});
