/**
 * What a person decides: every change is one edit that can be undone and done again, and one line of the audit log. Cut by
 * what is decided; here the parts are joined over the same edits.
 */
import type { UndoState } from '../../shared/ipc';
import { createAsking, type Asking } from './ask-engine';
import { createChecking, type Checking } from './check';
import { createCorrecting, type Correcting } from './correct';
import { createDeciding, type Deciding } from './decide';
import { createEdits, type UndoAnswer } from './edits';
import { createRevealing, type Revealing } from './reveal';
import type { ReviewTools } from './tools';

export interface Review extends Deciding, Checking, Correcting, Asking, Revealing {
  undoState(): UndoState;
  undo(): UndoAnswer;
  redo(): UndoAnswer;
}

export function createReview(tools: ReviewTools): Review {
  const edits = createEdits(tools);
  const parts = { ...tools, edits };
  return {
    ...createDeciding(parts),
    ...createChecking(parts),
    ...createCorrecting(parts),
    ...createAsking(parts),
    ...createRevealing(parts),
    undoState: edits.state,
    undo: edits.undo,
    redo: edits.redo,
  };
}
