import { lazy, Suspense, useState, type ComponentProps, type ComponentType } from "react";

/** A menu whose code comes with the press that asks for it: overlays weigh more than the rows they stand over. Until then there is its button alone. */
export function menuOnDemand<Props extends object>(
  Trigger: ComponentType<Props & ComponentProps<"button">>,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Menu = lazy(async () => ({ default: await load() }));
  const preload = () => void load();
  return function MenuOnDemand(props: Props) {
    const [wanted, setWanted] = useState(false);
    const button = (
      <Trigger
        {...props}
        aria-haspopup="menu"
        aria-expanded={false}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => setWanted(true)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setWanted(true);
        }}
      />
    );
    return wanted ? (
      <Suspense fallback={button}>
        <Menu {...props} />
      </Suspense>
    ) : (
      button
    );
  };
}
