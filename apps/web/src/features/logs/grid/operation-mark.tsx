import { Ban, Dot, Download, Eye, LogIn, Minus, Pencil, Play, Plus, Share2, Trash2, Undo2, ArrowUp } from "lucide-react";

const marks: Record<string, typeof Dot> = {
  created: Plus,
  updated: Pencil,
  deleted: Trash2,
  removed: Minus,
  viewed: Eye,
  executed: Play,
  cancelled: Ban,
  shared: Share2,
  revoked: Undo2,
  promoted: ArrowUp,
  authenticated: LogIn,
  signed_in: LogIn,
  logged_in: LogIn,
  exported: Download,
};

/** A glyph for the kind of act, beside the sentence that says it. */
export function OperationMark({ operation }: { operation: string }) {
  const Icon = marks[operation] ?? Dot;
  return <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />;
}
