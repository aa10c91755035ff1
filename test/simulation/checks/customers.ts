import type { Books } from "../model/books.ts";
import type { Item } from "../storage.ts";
import { differences, headsOf } from "./heads.ts";

interface Stored {
  readonly books: Books;
  readonly mirror: ReadonlyMap<string, Item>;
}

/** Customers are archived or not, and have the contacts that they should. */
export function customerProblems({ books, mirror }: Stored): string[] {
  const heads = headsOf(mirror, "CUS");
  const contacts = [...mirror.values()].filter(({ sk }) => String(sk).startsWith("CON#"));
  return [
    ...(heads.length === books.parties.size ? [] : [`${heads.length} customers are stored`]),
    ...orphans({ books, mirror }),
    ...heads.flatMap((head) => {
      const party = books.parties.get(head.id);
      if (!party) return [`nobody asked for ${head.id}`];
      const found = contacts.filter(({ customer }) => customer === head.id).map(({ id }) => id);
      const isSame = found.sort().join() === [...party.contacts.keys()].sort().join();
      return [
        ...differences(
          head.id,
          { archived: head.archived ?? false },
          { archived: party.isArchived },
        ),
        ...(isSame ? [] : [`${head.id} has ${found}, not ${[...party.contacts.keys()]}`]),
      ];
    }),
  ];
}

const owned = ["INV", "QUO", "PAY", "CRE", "REC", "PRE"] as const;

/** Whatever there is belongs to somebody who is there. */
function orphans({ books, mirror }: Stored): string[] {
  const children = [...mirror.values()].filter(({ sk }) => /^(CON|TOP)#/.test(String(sk)));
  const heads = owned.flatMap((kind) => headsOf(mirror, kind));
  return [...heads, ...children]
    .filter(({ customer }) => !books.parties.has(String(customer)))
    .map(({ id, customer }) => `${String(id)} belongs to ${String(customer)}, who is gone`);
}
