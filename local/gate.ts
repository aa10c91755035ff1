/** Lets work through, except while it is closed; closing waits for the work that is inside. */
export interface Gate {
  /** Undefined: closed. */
  enter<T>(work: () => Promise<T>): Promise<T> | undefined;
  closedFor<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(): Gate {
  let isClosed = false;
  let inside = 0;
  let emptied = Promise.withResolvers<void>();
  const leave = (): void => {
    inside -= 1;
    if (inside === 0) emptied.resolve();
  };
  return {
    enter(work) {
      if (isClosed) return undefined;
      if (inside === 0) emptied = Promise.withResolvers<void>();
      inside += 1;
      return work().finally(leave);
    },
    async closedFor(work) {
      isClosed = true;
      try {
        if (inside > 0) await emptied.promise;
        return await work();
      } finally {
        isClosed = false;
      }
    },
  };
}
