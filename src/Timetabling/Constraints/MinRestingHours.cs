using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>So many hours of rest between the last lesson of a day and the first of the next. Unit: a missing hour.</summary>
public sealed record MinRestingHours(Who Who, int MinHours) : PersonRule(Who)
{
    private protected override string Kind => "MinRestingHours";
    public override string Describe() => $"{Who}: at least {Count(MinHours, "hour")} of rest between days";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => SumOverDays(view, d => d + 1 == view.Grid.DayCount || week.Busy[d] == 0 || week.Busy[d + 1] == 0 ? 0 : Beyond(MinHours, view.Grid.HoursPerDay - 1 - week.Last(d) + week.First(d + 1)));

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.Resting, MinHours);
}
