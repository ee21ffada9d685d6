using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>A rule on the week of each person it names.</summary>
public abstract record PersonRule(Who Who) : Rule
{
    private protected abstract string Kind { get; }

    public override string Name => Who.Prefix + Kind;

    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Who.Lessons(index);

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var person in Who.Members(view.Index))
        {
            var week = WeekOf(view, person);
            if (week.HasLessons) Report(breaches, Amount(view, week), person.Name);
        }
    }

    private protected virtual PersonWeek WeekOf(TimetableView view, PersonIndex person) => view.Week(person);

    /// <summary>Units by which the person's week breaks the rule.</summary>
    private protected abstract int Amount(TimetableView view, PersonWeek week);

    private protected static int SumOverDays(TimetableView view, Func<int, int> amount) => Enumerable.Range(0, view.Grid.DayCount).Sum(amount);

    private protected static int Beyond(int amount, int allowance) => Math.Max(0, amount - allowance);
}
