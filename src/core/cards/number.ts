/** The rules of card numbers live in shared, since the window checks what is typed by the same ones. */
export * from '../../shared/number';
