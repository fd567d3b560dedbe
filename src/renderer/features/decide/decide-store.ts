/** Decisions on one card or many, the questions asked before some of them, and undo. */
import { defineStore } from 'pinia';
import { createCarryOut } from './carry-out';
import { createDecisions } from './decisions';
import { createQuestions } from './questions';
import { createRequests } from './requests';
import { createSubject } from './subject';
import { createUndo } from './undo';

export const useDecide = defineStore('decide', () => {
  const questions = createQuestions();
  const { question, people, leaveQuestion } = questions;
  const { start: followUndo, ...undo } = createUndo({ leaveQuestion });
  const { busy, isUnderWay, carryOut } = createCarryOut({ leaveQuestion, undoOnce: undo.undoOnce });
  const { single, count, current, needed, toDecide } = createSubject({ isUnderWay });
  const decisions = createDecisions({ carryOut, questions, toDecide });
  const requests = createRequests({ carryOut, questions, current, needed });

  async function start(): Promise<void> {
    decisions.start();
    await followUndo();
  }

  return { single, count, question, people, leaveQuestion, busy, ...undo, ...decisions, ...requests, start };
});
