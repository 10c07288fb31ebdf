import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Missing } from '../../app/ui/estimate.tsx';
import { Gauge } from '../../app/ui/gauge.tsx';
import { LinePlot } from '../../app/ui/line-plot.tsx';
import { SmallCurve } from '../../app/ui/small-curve.tsx';
import { staticHtml } from '../../app/ui/static-html.ts';

const hostile = `"><script>alert('1')</script>&amp;<!-- \u2028`;
const estimate = { value: 0.4, low: 0.31, high: 0.52, n: 10 };

const axis = { name: 'x', ticks: [0, 1] };

const withState = () => useMemo(() => 'state', []);
const later = async () => 'later';
const unescaped = { dangerouslySetInnerHTML: { __html: '<i>' } };

describe('static HTML', () => {
  it.each<[string, ReactNode]>([
    ['text that looks like markup', hostile],
    ['such text in an element', createElement('td', null, hostile, 1, null, false, undefined, true, 'b')],
    ['such text in an attribute', createElement('abbr', { title: hostile, className: hostile }, 'n')],
    ['such text in a part', createElement(Missing, { why: hostile })],
    ['attributes that are left out', createElement('a', { href: undefined, title: null, hidden: false }, 'a')],
    ['attributes without a value, and numbers', createElement('td', { hidden: true, colSpan: 5 }, 0)],
    ['truth as a value', createElement('b', { 'aria-hidden': true, 'data-on': false }, 'a')],
    ['fragments and lists', createElement(Fragment, null, ['a', 1], [createElement('b', { key: 1 }, 'c')])],
    ['a drawing', createElement(Gauge, { estimate })],
    [
      'a plot',
      createElement(LinePlot, { title: 'a', about: 'b', x: axis, y: axis, series: [{ name: 'c', points: [[0, 1]] }] }),
    ],
    [
      'a small curve',
      createElement(SmallCurve, { label: 'a', budgets: ['1 %'], lines: [{ name: 'b', look: 'other', values: [0.5] }] }),
    ],
    ['elements without an end', createElement('p', null, 'a', createElement('br'), createElement('wbr'), 'b')],
  ])('is what React writes: %s', (_, node) => expect(staticHtml(node)).toBe(renderToStaticMarkup(node)));

  it.each<[string, () => ReactNode]>([
    ['a handler', () => createElement('a', { onClick: () => {} })],
    ['a style, which the policy of the pages forbids', () => createElement('a', { style: { color: 'red' } })],
    ['markup that nobody escaped', () => createElement('b', unescaped)],
    ['a part with state', () => createElement(withState)],
    ['a part that has to be waited for', () => createElement(later)],
  ])('refuses %s', (_, node) => expect(() => staticHtml(node())).toThrow());
});
