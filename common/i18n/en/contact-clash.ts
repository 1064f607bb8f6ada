// English: a contact that was saved on two devices at once.

export const contactClashEn = {
  title: 'Changed on another device',
  text: 'This contact was saved on another of your devices while you were writing. Which of the two do you want to keep?',
  mine: 'Here',
  theirs: 'There',
  empty: 'Nothing',
  keepMine: 'Keep mine',
  takeTheirs: 'Take the other',
  removedTitle: 'Deleted on another device',
  removedText: 'This contact was deleted on another of your devices while you were writing.',
  leaveRemoved: 'Leave it deleted'
}
