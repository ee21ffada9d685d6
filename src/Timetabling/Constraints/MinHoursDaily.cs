using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At least so many hours on a day. Unit: a missing hour, less the hours still to place.</summary>
public sealed record MinHoursDaily(Who Who, int MinHours, bool AllowEmptyDays) : PersonRule(Who)
{
    private protected override string Kind => "MinHoursDaily";
    public override string Describe() => $"{Who}: at least {Count(MinHours, "hour")} a day{(AllowEmptyDays ? " that is not free" : "")}";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(SumOverDays(view, d => week.Busy[d] == 0 && AllowEmptyDays ? 0 : Beyond(MinHours, week.Hours(d))), week.UnplacedHours);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, AllowEmptyDays ? TermKind.MinHoursUsedDay : TermKind.MinHoursEveryDay, MinHours);
}
