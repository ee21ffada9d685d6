using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At most so many hours a day. Unit: a day that is too long.</summary>
public sealed record MaxHoursDaily(Who Who, int MaxHours) : PersonRule(Who)
{
    private protected override string Kind => "MaxHoursDaily";
    public override string Describe() => $"{Who}: at most {Count(MaxHours, "hour")} a day";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => SumOverDays(view, d => week.Hours(d) > MaxHours ? 1 : 0);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.MaxHoursDaily, MaxHours);
}
