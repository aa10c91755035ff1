import { QueryClientProvider } from "@tanstack/react-query";
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { agencySlug } from "./api.ts";
import { client } from "./queries.ts";
import { Shell } from "./shell.tsx";
import "./styles.css";

const root = createRootRoute({ component: Outlet });
const framed = createRoute({ getParentRoute: () => root, id: "framed", component: Shell });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: lazyRouteComponent(() => import("./pages/log-in.tsx"), "LogIn"),
});
const byDocument = createRoute({
  getParentRoute: () => root,
  path: "/d",
  component: lazyRouteComponent(() => import("./pages/log-in.tsx"), "OpenDocument"),
});

const page = (path: string, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => framed,
    path,
    component: lazyRouteComponent(load as never, name as never),
  });

const pages = [
  page("/", () => import("./pages/home.tsx"), "Home"),
  page("/invoices", () => import("./pages/invoices.tsx"), "Invoices"),
  page("/invoices/$id", () => import("./pages/invoice.tsx"), "Invoice"),
  page("/quotes", () => import("./pages/quotes.tsx"), "Quotes"),
  page("/quotes/$id", () => import("./pages/quote.tsx"), "Quote"),
  page("/recurring", () => import("./pages/recurring.tsx"), "Recurring"),
  page("/recurring/$id", () => import("./pages/recurring.tsx"), "RecurringOne"),
  page("/payments", () => import("./pages/payments.tsx"), "Payments"),
  page("/payments/$id", () => import("./pages/payment.tsx"), "Payment"),
  page("/credits", () => import("./pages/credits.tsx"), "Credits"),
  page("/methods", () => import("./pages/methods.tsx"), "Methods"),
  page("/payment-methods", () => import("./pages/methods.tsx"), "Methods"),
  page("/prepayment", () => import("./pages/prepayment.tsx"), "Prepayment"),
  page("/prepayments", () => import("./pages/prepayment.tsx"), "Prepayment"),
  page("/documents", () => import("./pages/documents.tsx"), "Documents"),
  page("/statement", () => import("./pages/statement.tsx"), "Statement"),
  page("/profile", () => import("./pages/profile.tsx"), "Profile"),
];

const router = createRouter({
  routeTree: root.addChildren([login, byDocument, framed.addChildren(pages)]),
  basepath: `/p/${agencySlug()}`,
  defaultPreload: "intent",
  scrollRestoration: true,
});

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no root");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
