/** A text that processes of one computer share: one at a time changes it, and whoever ends in the middle of it has changed nothing. */
import Database from 'libsql';

export interface SharedText {
  /** What `act` makes of the text, undefined at first, is the text from then on; what it answers besides is handed on. */
  change<Answer>(act: (text: string | undefined) => readonly [string, Answer]): Answer;
  close(): void;
}

/** A change takes a fraction of a millisecond; whoever holds the file for longer is not at work. */
const WAIT_MS = 250;

/** Nothing that must outlive the computer: it is not forced onto the disk. Throws where the file cannot be used, then and later. */
export function openSharedText(file: string): SharedText {
  const database = new Database(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
    database.exec('PRAGMA journal_mode = PERSIST; PRAGMA synchronous = OFF');
    database.exec(
      'CREATE TABLE IF NOT EXISTS shared (id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL)',
    );
    const read = database.prepare('SELECT text FROM shared');
    const write = database.prepare('INSERT OR REPLACE INTO shared (id, text) VALUES (1, ?)');
    return {
      change(act) {
        database.exec('BEGIN IMMEDIATE');
        try {
          const before = (read.get() as { text: string } | undefined)?.text;
          const [text, answer] = act(before);
          if (text !== before) write.run(text);
          database.exec('COMMIT');
          return answer;
        } catch (cause) {
          if (database.inTransaction) database.exec('ROLLBACK');
          throw cause;
        }
      },
      close: () => void database.close(),
    };
  } catch (cause) {
    database.close();
    throw cause;
  }
}
