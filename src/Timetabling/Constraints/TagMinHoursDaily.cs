using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At least so many hours of lessons with a tag on a day. Unit: a missing hour, less the hours still to place.</summary>
public sealed record TagMinHoursDaily(Who Who, string Tag, int MinHours, bool AllowEmptyDays) : PersonRule(Who)
{
    private protected override string Kind => "ActivityTagMinHoursDaily";
    public override string Describe() => $"{Who}: at least {Count(MinHours, "hour")} of {Tag} a day";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(SumOverDays(view, d => week.Busy[d] == 0 && AllowEmptyDays ? 0 : Beyond(MinHours, week.Hours(d))), week.UnplacedHours);

    private protected override PersonWeek WeekOf(TimetableView view, PersonIndex person) => view.Week(person, Tag);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, AllowEmptyDays ? TermKind.MinHoursUsedDay : TermKind.MinHoursEveryDay, MinHours, tag: Tag);
}
