using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At most so many hours a day of lessons with a tag. Unit: an hour too many.</summary>
public sealed record TagMaxHoursDaily(Who Who, string Tag, int MaxHours) : PersonRule(Who)
{
    private protected override string Kind => "ActivityTagMaxHoursDaily";
    public override string Describe() => $"{Who}: at most {Count(MaxHours, "hour")} of {Tag} a day";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => SumOverDays(view, d => Beyond(week.Hours(d), MaxHours));

    private protected override PersonWeek WeekOf(TimetableView view, PersonIndex person) => view.Week(person, Tag);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.HoursBeyondDaily, MaxHours, tag: Tag);
}
