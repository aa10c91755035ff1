import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useSpeech } from "../speech.tsx";

function whenChanged(tell: () => void): () => void {
  addEventListener("online", tell);
  addEventListener("offline", tell);
  return () => {
    removeEventListener("online", tell);
    removeEventListener("offline", tell);
  };
}

/** Calm: the page stays readable, nothing is sent, and it goes on by itself when the connection is back. */
export function Offline() {
  const { words } = useSpeech();
  const isOnline = useSyncExternalStore(whenChanged, () => navigator.onLine);
  return (
    <div role="status" className="no-print fixed inset-x-0 bottom-16 z-30 lg:bottom-0">
      {!isOnline && (
        <p className="flex items-center justify-center gap-2 border-t border-line bg-tint px-4 py-2 text-center text-xs">
          <WifiOff size={16} aria-hidden className="shrink-0 text-soft" />
          {words.noConnection}
        </p>
      )}
    </div>
  );
}
