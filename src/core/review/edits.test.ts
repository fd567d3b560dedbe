import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import type { CardId } from '../../shared/ids';
import type { UndoState } from '../../shared/ipc';
import { fail, ok } from '../../shared/result';
import type { Card } from '../cards/ports';
import { createEdits, type Change, type Edits } from './edits';

let desk: MemoryDesk;
let edits: Edits;
let who: string;
let changed: CardId[];
let states: UndoState[];
let requeued: number;

beforeEach(() => {
  desk = openMemoryDesk();
  who = 'An';
  [changed, states, requeued] = [[], [], 0];
  edits = createEdits({
    store: desk.store,
    clock: desk.clock,
    who: () => who,
    changed: (ids) => changed.push(...ids),
    undoChanged: (state) => states.push(state),
    requeued: () => requeued++,
  });
});

const note = (text: string) => () => ok<Change>({ to: { note: text } });
const approve = ({ corrected }: Card) =>
  ok<Change>({
    to: { state: { kind: 'approved', by: who, at: desk.clock.now() } },
    decision: { kind: 'approved', corrected },
  });
const decisions = () => [...desk.store.decisions(undefined)];

describe('an edit', () => {
  it('changes its cards, writes a line for each, and tells what can be taken back', () => {
    const ids = ['a', 'b'].map((name) => desk.add(name));
    expect(edits.edit(ids, 'noted', note('x'))).toEqual(ok({ changed: 2, skipped: 0 }));
    expect(ids.map((id) => desk.card(id).note)).toEqual(['x', 'x']);
    expect(ids.map(desk.written)).toEqual([['noted'], ['noted']]);
    expect(changed).toEqual(ids);
    expect(states).toEqual([{ undo: 'noted', redo: undefined }]);
  });

  it('of one card answers with its new revision, or with why it cannot be', () => {
    const id = desk.add('a');
    expect(edits.edit([id], 'noted', note('x'))).toMatchObject({
      value: { revision: desk.card(id).revision },
    });
    expect(edits.edit([id], 'noted', () => fail('card.decided'))).toMatchObject({
      error: { code: 'card.decided' },
    });
    expect(edits.edit([99 as CardId], 'noted', note('x'))).toMatchObject({ error: { code: 'card.gone' } });
  });

  it('of many leaves those that do not allow it, and counts why', () => {
    const [a, b] = [desk.add('a'), desk.add('b')];
    const onlyA = ({ id }: Card) => (id === a ? note('x')() : fail('card.decided'));
    expect(edits.edit([a, b, 99 as CardId], 'noted', onlyA)).toEqual(
      ok({ changed: 1, skipped: 2, why: { 'card.gone': 1, 'card.decided': 1 } }),
    );
    expect(desk.card(b).note).toBeUndefined();
  });

  it('that no card allows is a refusal, or a count where it is asked to count', () => {
    const ids = ['a', 'b'].map((name) => desk.add(name));
    const refuse = () => fail('card.decided');
    expect(edits.edit(ids, 'noted', refuse)).toMatchObject({ error: { code: 'card.decided' } });
    expect(edits.edit(ids, 'noted', refuse, 'always')).toEqual(
      ok({ changed: 0, skipped: 2, why: { 'card.decided': 2 } }),
    );
    expect(edits.state()).toEqual({ undo: undefined, redo: undefined });
  });

  it('is written whole or not at all', () => {
    const ids = ['a', 'b'].map((name) => desk.add(name));
    const secondFails = ({ id }: Card) => {
      if (id === ids[1]) throw new Error('a defect');
      return note('x')();
    };
    expect(() => edits.edit(ids, 'noted', secondFails)).toThrow('a defect');
    expect(desk.card(ids[0] as CardId).note).toBeUndefined();
    expect(desk.written(ids[0] as CardId)).toEqual([]);
  });

  it('that sends a card back to the queue wakes it', () => {
    edits.edit([desk.add('a')], 'again', () => ok<Change>({ to: { state: { kind: 'queued' } } }));
    expect(requeued).toBe(1);
  });
});

describe('taking back', () => {
  it('restores what was, also what was absent, and the decision counts no more', () => {
    const id = desk.add('a');
    edits.edit([id], 'approved', approve);
    edits.edit([id], 'noted', note('x'));
    expect(edits.undo()).toMatchObject({ value: { cardId: id, state: { undo: 'approved', redo: 'noted' } } });
    expect(desk.card(id)).toMatchObject({ state: { kind: 'approved' }, note: undefined });
    expect(decisions()).toHaveLength(1);
    edits.undo();
    expect(desk.card(id).state).toEqual({ kind: 'pending' });
    expect(decisions()).toHaveLength(0);
    expect(desk.written(id)).toEqual(['approved', 'noted', 'undone', 'undone']);
  });

  it('can itself be taken back, and the decision counts again', () => {
    const id = desk.add('a');
    edits.edit([id], 'approved', approve);
    edits.undo();
    expect(edits.redo()).toMatchObject({ ok: true });
    expect(desk.card(id).state.kind).toBe('approved');
    expect(decisions()).toHaveLength(1);
    expect(edits.redo()).toMatchObject({ error: { code: 'edit.nothing' } });
  });

  it('is for what this person did, not for what others did', () => {
    edits.edit([desk.add('a')], 'noted', note('x'));
    who = 'Bo';
    expect(edits.undo()).toMatchObject({ error: { code: 'edit.nothing' } });
  });

  it('leaves a card that changed since, and does not stand in the way of what was before it', () => {
    const [a, b] = [desk.add('a'), desk.add('b')];
    edits.edit([a], 'noted', note('first'));
    edits.edit([a, b], 'noted', note('second'));
    desk.store.change(b, { note: 'by somebody else' }, 1);
    expect(edits.undo()).toMatchObject({ error: { code: 'edit.changedSince' } });
    expect([a, b].map((id) => desk.card(id).note)).toEqual(['second', 'by somebody else']);
    expect(edits.state().undo).toBe('noted');
  });

  it('does not mind changes of what it was not about', () => {
    const id = desk.add('a');
    edits.edit([id], 'noted', note('x'));
    desk.store.change(id, { quality: 5 }, 1);
    expect(edits.undo()).toMatchObject({ ok: true });
  });

  it('approves nothing anew that became another', () => {
    const id = desk.add('a', { fields: { bankInfo: 'x' } });
    edits.edit([id], 'approved', approve);
    edits.undo();
    desk.store.change(id, { fields: { bankInfo: 'y' } }, 1);
    expect(edits.redo()).toMatchObject({ error: { code: 'edit.changedSince' } });
    expect(desk.card(id).state.kind).toBe('pending');
  });

  it('is forgotten for doing again once the person does something else', () => {
    const id = desk.add('a');
    edits.edit([id], 'noted', note('x'));
    edits.undo();
    edits.edit([id], 'noted', note('y'));
    expect(edits.redo()).toMatchObject({ error: { code: 'edit.nothing' } });
  });
});
