import { createContact } from "../api/customers/create-contact.ts";
import { createCustomer } from "../api/customers/create-customer.ts";
import { deleteContact } from "../api/customers/delete-contact.ts";
import { deleteCustomer } from "../api/customers/delete-customer.ts";
import { eraseContact } from "../api/customers/erase-contact.ts";
import { exportContact } from "../api/customers/export-contact.ts";
import { getBalance } from "../api/customers/get-balance.ts";
import { getCustomer } from "../api/customers/get-customer.ts";
import { listCustomers } from "../api/customers/list-customers.ts";
import { listJournal } from "../api/customers/list-journal.ts";
import { listPaymentMethods } from "../api/customers/list-payment-methods.ts";
import { patchContact } from "../api/customers/patch-contact.ts";
import { getContact, listContacts } from "../api/customers/read-contacts.ts";
import { patchCustomer, replaceCustomer } from "../api/customers/update-customer.ts";
import { buildArea } from "../kit/area.ts";

export const build = buildArea({
  area: "customers",
  operations: [
    createCustomer,
    listCustomers,
    getCustomer,
    replaceCustomer,
    patchCustomer,
    deleteCustomer,
    getBalance,
    listJournal,
    listPaymentMethods,
    createContact,
    listContacts,
    getContact,
    patchContact,
    deleteContact,
    exportContact,
    eraseContact,
  ],
});
