/** A place in a stream of blocks: the rows of one block can be walked without waiting. */
export class Cursor<Block> {
  block: Block | undefined;
  index = 0;
  length = 0;
  done = false;

  constructor(
    private readonly blocks: AsyncGenerator<Block>,
    private readonly lengthOf: (block: Block) => number,
    private readonly onBlock: () => void,
  ) {}

  /** Whether a row is waiting. */
  get waiting(): boolean {
    return this.index < this.length;
  }

  /** Fetches the next block when the current one is used up. */
  async fill(): Promise<void> {
    while (!this.waiting && !this.done) {
      const { value, done } = await this.blocks.next();
      this.done = done === true;
      this.block = done ? undefined : value;
      this.index = 0;
      this.length = done ? 0 : this.lengthOf(value);
      this.onBlock();
    }
  }

  /** Gives up the rest of the stream, closing its file. */
  async close(): Promise<void> {
    await this.blocks.return(undefined);
  }
}
