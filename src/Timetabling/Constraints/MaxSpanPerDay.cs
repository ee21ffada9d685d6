using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>From first to last lesson of a day at most so many hours. Unit: an hour too many.</summary>
public sealed record MaxSpanPerDay(Who Who, int MaxSpan) : PersonRule(Who)
{
    private protected override string Kind => "MaxSpanPerDay";
    public override string Describe() => $"{Who}: a day spans at most {Count(MaxSpan, "hour")}";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => SumOverDays(view, d => week.Busy[d] == 0 ? 0 : Beyond(week.Last(d) - week.First(d) + 1, MaxSpan));

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.MaxSpan, MaxSpan);
}
