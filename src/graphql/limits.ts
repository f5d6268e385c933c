import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { DEFAULT_PAGE, MAX_PAGE } from '../keys/read/list.ts';
import { documentError } from './errors.ts';
import type { RequestLimits } from './request-limits.ts';

type QueryLimits = Pick<RequestLimits, 'maxQueryAliases' | 'maxQueryCost' | 'maxMutationsPerRequest'>;

/** The size of a selection set, including its fragments. */
interface Measure {
  aliases: number;
  /** The most fields that are resolved. */
  cost: number;
}

/**
 * A validation rule that rejects operations above the limits. Depth and directives need no separate
 * limits: the token limit bounds both, and the cost includes deep selections. The rule depends only on
 * the document, so its result is cached with the parsed document.
 */
export function limitsRule(limits: QueryLimits): ValidationRule {
  return function QueryLimitsRule(context) {
    const measuring = new Measuring(context);
    return {
      OperationDefinition(operation) {
        for (const problem of problemsOf(operation, measuring, limits)) {
          context.reportError(documentError(problem, operation));
        }
      },
    };
  };
}

function* problemsOf(operation: OperationDefinitionNode, measuring: Measuring, limits: QueryLimits): Generator<string> {
  const { aliases, cost } = measuring.operation(operation);
  if (aliases > limits.maxQueryAliases) yield `The operation has more than ${limits.maxQueryAliases} aliases.`;
  if (cost > limits.maxQueryCost) yield `The operation selects more than ${limits.maxQueryCost} fields.`;
  if (operation.operation === 'mutation' && measuring.responseNames(operation).size > limits.maxMutationsPerRequest) {
    // Otherwise one request could create many keys with aliases, and evade limits that count requests.
    yield `One request can run ${limits.maxMutationsPerRequest === 1 ? 'one mutation' : `${limits.maxMutationsPerRequest} mutations`}.`;
  }
}

class Measuring {
  readonly #context: ValidationContext;
  /** Each fragment is measured only once. Otherwise nested fragments would take exponential time. */
  readonly #fragments = new Map<string, Measure>();

  constructor(context: ValidationContext) {
    this.#context = context;
  }

  operation(node: OperationDefinitionNode): Measure {
    return this.#selections(node.selectionSet, this.#context.getSchema().getRootType(node.operation));
  }

  /** The response names of the root fields: one for each execution of a field. */
  responseNames(operation: OperationDefinitionNode): Set<string> {
    const names = new Set<string>();
    const seen = new Set<string>();
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          if (selection.name.value !== '__typename') names.add((selection.alias ?? selection.name).value);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          collect(selection.selectionSet);
        } else if (!seen.has(selection.name.value)) {
          seen.add(selection.name.value);
          const fragment = this.#context.getFragment(selection.name.value);
          if (fragment) collect(fragment.selectionSet);
        }
      }
    };
    collect(operation.selectionSet);
    return names;
  }

  #selections(set: SelectionSetNode, type: GraphQLNamedType | null | undefined): Measure {
    const total: Measure = { aliases: 0, cost: 0 };
    for (const selection of set.selections) {
      const { aliases, cost } = this.#selection(selection, type);
      total.aliases += aliases;
      total.cost += cost;
    }
    return total;
  }

  #selection(selection: SelectionNode, type: GraphQLNamedType | null | undefined): Measure {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#field(selection, type);
      case Kind.INLINE_FRAGMENT:
        return this.#selections(selection.selectionSet, this.#typeNamed(selection.typeCondition?.name.value) ?? type);
      case Kind.FRAGMENT_SPREAD:
        return this.#fragment(this.#context.getFragment(selection.name.value));
    }
  }

  #field(node: FieldNode, parent: GraphQLNamedType | null | undefined): Measure {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const measure: Measure = { aliases: node.alias === undefined ? 0 : 1, cost: costOf(field) };
    // graphql-js limits the depth of introspection itself, and introspection fields resolve from memory.
    if (node.selectionSet === undefined || node.name.value.startsWith('__')) return measure;
    const below = this.#selections(node.selectionSet, field && getNamedType(field.type));
    measure.aliases += below.aliases;
    measure.cost += below.cost * pageSize(node, field);
    return measure;
  }

  #fragment(fragment: FragmentDefinitionNode | null | undefined): Measure {
    const nothing: Measure = { aliases: 0, cost: 0 };
    if (!fragment) return nothing;
    const name = fragment.name.value;
    const known = this.#fragments.get(name);
    if (known !== undefined) return known;
    // graphql-js rejects a fragment that contains itself; this must not recurse.
    this.#fragments.set(name, nothing);
    const measure = this.#selections(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value));
    this.#fragments.set(name, measure);
    return measure;
  }

  #typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.#context.getSchema().getType(name);
  }
}

/** The cost of a field itself: 1, or the cost in its definition. */
function costOf(field: GraphQLField<unknown, unknown> | undefined): number {
  const cost = field?.extensions['cost'];
  return typeof cost === 'number' ? cost : 1;
}

/** The most items that a field returns. A page size in a variable counts as the largest. */
function pageSize(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined): number {
  if (!field?.args.some(({ name }) => name === 'first')) return 1;
  const size = node.arguments?.find((argument: ArgumentNode) => argument.name.value === 'first')?.value;
  if (size === undefined) return DEFAULT_PAGE;
  return size.kind === Kind.INT ? Math.min(Math.max(Number(size.value), 1), MAX_PAGE) : MAX_PAGE;
}
