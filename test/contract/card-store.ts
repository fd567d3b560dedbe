/** What every store of the desk promises, method by method, whatever it keeps things in. */
import { attemptContract } from './card-store/attempts';
import { batchContract } from './card-store/batches';
import { cardContract } from './card-store/cards';
import type { MakeStore } from './card-store/given';
import { decisionContract, editContract, personContract, recordContract } from './card-store/people';
import { queryContract } from './card-store/queries';
import { transactionContract } from './card-store/transactions';

export function cardStoreContract(make: MakeStore): void {
  transactionContract(make);
  batchContract(make);
  cardContract(make);
  queryContract(make);
  attemptContract(make);
  editContract(make);
  decisionContract(make);
  personContract(make);
  recordContract(make);
}
