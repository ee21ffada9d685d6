using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Collects what the rules say and lays it out as a <see cref="Problem"/>.</summary>
internal sealed partial class ProblemBuilder
{
    private readonly School school;
    private readonly int[] parent;
    private readonly List<(Rule Rule, Func<int, int> Amount)>[] startRules;
    private readonly List<(Rule Rule, Activity First, Activity Second, object Key, Func<int, int, int> Amount)> pairs = [];
    private readonly List<(Rule Rule, IReadOnlyList<Activity> Activities, Func<int[], GroupMonitor> Create)> groups = [];
    private readonly List<(Rule Rule, int[] Activities)> exclusives = [];
    private readonly Dictionary<(PersonIndex, Rule), (TermKind Kind, int Limit, ulong Mask, string? Tag)> terms = [];
    private readonly List<(PersonIndex Person, Rule Rule)> termOrder = [];
    private readonly List<Contradiction> contradictions = [];
    private readonly Dictionary<PersonIndex, int> resourceOf = [];
    private readonly HashSet<int> watchedResources = [];
    private readonly List<ResourceDraft> resources = [];

    private sealed class ResourceDraft(string name, bool clashes)
    {
        public string Name { get; } = name;
        public bool Clashes { get; } = clashes;
        public List<Activity> Lessons { get; init; } = [];
        public PersonIndex? Person { get; init; }
        /// <summary>The rule that keeps these lessons apart, where they share no person.</summary>
        public Rule? Exclusive { get; init; }
        public List<(TermKind Kind, int Limit, ulong Mask, Rule Rule, int Times)> Terms { get; } = [];
    }

    private ProblemBuilder(SchoolIndex index)
    {
        Index = index;
        school = index.School;
        var count = school.Activities.Count;
        parent = [.. Enumerable.Range(0, count)];
        startRules = [.. Enumerable.Range(0, count).Select(_ => new List<(Rule, Func<int, int>)>())];
        hardRooms = new List<(Rule, IReadOnlyList<Room>, IReadOnlyList<Room>?)>[count];
        softRooms = new List<(Rule, IReadOnlyList<Room>, IReadOnlyList<Room>?)>[count];
        homes = new List<(Rule, IReadOnlyList<Room>)>[count];
        closed = new ulong[school.Rooms.Count * Index.Grid.DayCount];
    }

    public SchoolIndex Index { get; }

    public static Problem Build(School school)
    {
        var builder = new ProblemBuilder(new SchoolIndex(school));
        builder.MergeLeaves();
        // Room lists first: rules about places ask which lessons have a room at all.
        foreach (var rule in school.Rules.Where(r => r is PreferredRooms or HomeRoom or RoomNotAvailable)) rule.Compile(builder);
        builder.LayOutRooms();
        foreach (var rule in school.Rules.Where(r => r is not (PreferredRooms or HomeRoom or RoomNotAvailable))) rule.Compile(builder);
        return builder.LayOut();
    }

    /// <summary>Every start costs so many units of the rule; a hard rule forbids a start that costs anything.</summary>
    public void AddStartCost(Rule rule, Activity activity, Func<int, int> amount) => startRules[activity.Index].Add((rule, amount));

    /// <summary>A rule on the starts of two lessons; pairs with equal keys share one table.</summary>
    public void AddPair(Rule rule, Activity first, Activity second, object key, Func<int, int, int> amount)
        => pairs.Add((rule, first, second, key, amount));

    /// <summary>A rule on more than two lessons, or on their rooms.</summary>
    public void AddGroup(Rule rule, IReadOnlyList<Activity> activities, Func<int[], GroupMonitor> create) => groups.Add((rule, activities, create));

    /// <summary>Lessons of which no two may run at once.</summary>
    public void AddExclusive(Rule rule, IReadOnlyList<Activity> activities) => exclusives.Add((rule, [.. activities.Select(a => a.Index).Distinct()]));

    /// <summary>Lessons that must start together move as one.</summary>
    public void Fuse(Rule rule, Activity first, Activity second)
    {
        if (Index.PeopleOf(first).Intersect(Index.PeopleOf(second)).FirstOrDefault() is { } shared)
            contradictions.Add(new Contradiction($"{first} and {second} must start together, but both need {shared.Name}.", [rule], [first, second]));
        else parent[Root(first.Index)] = Root(second.Index);
    }

    /// <summary>A limit on the week of each person named, counting all lessons or those with a tag.</summary>
    public void AddTerm(Rule rule, Who who, TermKind kind, int limit, ulong mask = 0, string? tag = null)
    {
        foreach (var person in who.Members(Index))
            if (person.Lessons.Count > 0 && terms.TryAdd((person, rule), (kind, limit, mask, tag))) termOrder.Add((person, rule));
    }

    /// <summary>Resource numbers of some people; they are kept even where another class would cover their clashes.</summary>
    public int[] ResourcesOf(IEnumerable<PersonIndex> people)
    {
        int[] numbers = [.. people.Select(p => resourceOf[p]).Distinct()];
        watchedResources.UnionWith(numbers);
        return numbers;
    }

    private int Root(int activity)
    {
        while (parent[activity] != activity) activity = parent[activity] = parent[parent[activity]];
        return activity;
    }

    /// <summary>Teachers become resources one by one; leaf classes with the same lessons and the same rules become one.</summary>
    private void MergeLeaves()
    {
        foreach (var teacher in Index.Teachers)
        {
            resourceOf[teacher] = resources.Count;
            resources.Add(new ResourceDraft(teacher.Name, true) { Lessons = teacher.Lessons, Person = teacher });
        }
        var rulesOf = Index.Leaves.ToDictionary(l => l, _ => new List<int>());
        for (var i = 0; i < school.Rules.Count; i++)
        {
            var who = school.Rules[i] switch { PersonRule p => p.Who, NotAvailable n => n.Who, PlaceChanges c => c.Who, _ => null };
            if (who?.StudentSet is not null)
                foreach (var leaf in who.Members(Index)) rulesOf[leaf].Add(i);
        }
        var merged = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var leaf in Index.Leaves)
        {
            var key = string.Join(',', leaf.Lessons.Select(l => l.Index)) + ";" + string.Join(',', rulesOf[leaf]);
            if (!merged.TryGetValue(key, out var number))
            {
                merged[key] = number = resources.Count;
                resources.Add(new ResourceDraft(leaf.Name, true) { Lessons = leaf.Lessons, Person = leaf });
            }
            resourceOf[leaf] = number;
        }
    }

    private void AttachTerms()
    {
        var seen = new Dictionary<(int Resource, Rule Rule, string Tag), (ResourceDraft Draft, int Position)>();
        var tagged = new Dictionary<(int Resource, string Tag), ResourceDraft>();
        foreach (var (person, rule) in termOrder)
        {
            var (kind, limit, mask, tag) = terms[(person, rule)];
            var number = resourceOf[person];
            if (seen.TryGetValue((number, rule, tag ?? ""), out var known))
            {
                var term = known.Draft.Terms[known.Position];
                known.Draft.Terms[known.Position] = term with { Times = term.Times + 1 };
                continue;
            }
            var draft = resources[number];
            if (tag is not null && !tagged.TryGetValue((number, tag), out draft!))
            {
                var lessons = person.Lessons.Where(l => l.Tags.Contains(tag, StringComparer.Ordinal)).ToList();
                if (lessons.Count == 0) continue;
                tagged[(number, tag)] = draft = new ResourceDraft($"{person.Name} ({tag})", false) { Lessons = lessons, Person = person };
                resources.Add(draft);
            }
            seen[(number, rule, tag ?? "")] = (draft, draft.Terms.Count);
            draft.Terms.Add((kind, limit, mask, rule, 1));
        }
        foreach (var (rule, activities) in exclusives)
            resources.Add(new ResourceDraft(rule.Describe(), true) { Lessons = [.. activities.Select(a => school.Activities[a])], Exclusive = rule });
    }

    /// <summary>A leaf class without rules of its own, all of whose lessons another class attends too, adds no clash.</summary>
    private bool[] FindCovered()
    {
        var sets = resources.Select(r => r.Lessons.Select(l => l.Index).ToHashSet()).ToArray();
        var covered = new bool[resources.Count];
        for (var r = school.Teachers.Count; r < covered.Length; r++)
        {
            if (!resources[r].Clashes || resources[r].Terms.Count > 0 || watchedResources.Contains(r)) continue;
            if (sets[r].Count < 2) covered[r] = true;
            for (var other = 0; other < covered.Length && !covered[r]; other++)
                covered[r] = other != r && !covered[other] && resources[other].Clashes && sets[other].Count >= sets[r].Count
                    && (sets[other].Count > sets[r].Count || other < r) && sets[r].IsSubsetOf(sets[other]);
        }
        return covered;
    }
}
