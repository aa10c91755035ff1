import { QueryClient, queryOptions } from "@tanstack/react-query";
import type * as Api from "./api.generated.ts";
import { get, Problem } from "./api.ts";

/** Money is never guessed: pages ask again when they are looked at, and refusals are shown as they are. */
export const client = new QueryClient({
  defaultOptions: {
    // Without a connection a command fails at once and is told; it must not go out by itself later.
    mutations: { networkMode: "always" },
    queries: {
      staleTime: 5_000,
      retry: (count, error) =>
        count < 2 && !(error instanceof Problem && error.status > 0 && error.status < 500),
    },
  },
});

const one = <T>(path: string) => queryOptions({ queryKey: [path], queryFn: () => get<T>(path) });

export const queries = {
  brand: (slug: string) => one<Api.PortalGetBrand>(`/brand?agency=${encodeURIComponent(slug)}`),
  me: () => one<Api.PortalMe>("/me"),
  home: () => one<Api.PortalHome>("/home"),
  invoices: (status: string) =>
    one<Api.PortalListInvoices>(`/invoices?limit=100${status ? `&status=${status}` : ""}`),
  invoice: (id: string) => one<Api.PortalGetInvoice>(`/invoices/${id}`),
  quotes: () => one<Api.PortalListQuotes>("/quotes?limit=100"),
  quote: (id: string) => one<Api.PortalGetQuote>(`/quotes/${id}`),
  payments: () => one<Api.PortalListPayments>("/payments?limit=100"),
  payment: (id: string) => one<Api.PortalGetPayment>(`/payments/${id}`),
  credits: () => one<Api.PortalListCredits>("/credits?limit=100"),
  documents: () => one<Api.PortalListDocuments>("/documents?limit=100"),
  methods: () => one<Api.PortalListPaymentMethods>("/payment-methods"),
  prepayments: () => one<Api.PortalListPrepayments>("/prepayments?limit=100"),
  recurring: () => one<Api.PortalListRecurring>("/recurring-invoices?limit=100"),
  recurringOne: (id: string) => one<Api.PortalGetRecurring>(`/recurring-invoices/${id}`),
  made: (id: string) =>
    one<Api.PortalListRecurringInvoices>(`/recurring-invoices/${id}/invoices?limit=100`),
  profile: () => one<Api.PortalGetProfile>("/profile"),
  statement: (from: string, to: string) =>
    one<Api.PortalGetStatement>(`/statement?from=${from}&to=${to}`),
};
