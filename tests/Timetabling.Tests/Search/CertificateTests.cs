using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;
using Tessera.Timetabling.Search.Events;
using static Tessera.Timetabling.Tests.EventSample;

namespace Tessera.Timetabling.Tests.Search;

public sealed class CertificateTests
{
    private static string Only(IReadOnlyList<string> proofs) => Assert.Single(proofs);

    [Fact]
    public void A_resource_with_more_hours_than_open_times_is_named()
    {
        AssignTime assign = new([Maths, Art, Chess]) { Required = true };
        AvoidClashes clashes = new([Ada, Bob, Red]) { Required = true };
        Assert.Empty(EventCertificates.Find(Problem(assign, clashes)));
        Assert.Equal("Ada: 6 hours of Maths, Chess have only 5 times", Only(EventCertificates.Find(Problem(assign, clashes, new AvoidUnavailableTimes([Ada], new HashSet<int> { 0, 1, 2 }) { Required = true }))));
        Assert.Empty(EventCertificates.Find(Problem(assign, clashes, new AvoidUnavailableTimes([Ada], new HashSet<int> { 0, 1, 2 }))));
    }

    [Fact]
    public void An_event_without_a_time_and_one_that_cannot_be_split_are_named()
    {
        AssignTime assign = new([Maths, Art, Chess]) { Required = true };
        Assert.Contains("event Art has no time", Only(EventCertificates.Find(Problem(assign, new PreferTimes([Art], new HashSet<int> { 0 }, 0) { Required = true },
            new AvoidUnavailableTimes([Bob], new HashSet<int> { 0 }) { Required = true }))), StringComparison.Ordinal);
        Assert.Contains("event Maths of 4 hours cannot be split", Only(EventCertificates.Find(Problem(new SplitEvents([Maths], 1, 1, 1, 3) { Required = true }))), StringComparison.Ordinal);
    }

    private static CourseProblem Courses(int lecturesOfA, string teacherOfB, int rooms, params int[] closedForA) => new("small", 1, 4,
        [new("a", "x", lecturesOfA, 1, 1), new("b", teacherOfB, 2, 1, 1)], [.. Enumerable.Range(0, rooms).Select(i => new LectureRoom($"r{i}", 9))], [], [closedForA.ToHashSet(), new HashSet<int>()]);

    [Fact]
    public void Courses_with_too_few_periods_teachers_or_rooms_are_named()
    {
        Assert.Empty(CourseCertificates.Find(Courses(2, "x", 1)));
        Assert.Equal("course a has 3 lectures and 2 periods in which it can be taught", Only(CourseCertificates.Find(Courses(3, "y", 2, 0, 1))));
        Assert.Equal("teacher x: 5 lectures of a, b have only 4 periods", Only(CourseCertificates.Find(Courses(3, "x", 2))));
        Assert.Contains("the 1 rooms: 5 lectures", Only(CourseCertificates.Find(Courses(3, "y", 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_of_time_is_shared_between_problems()
    {
        var clock = new Ticking();
        var whole = Budget.Time(clock, TimeSpan.FromSeconds(10));
        var (first, second) = (whole.Share(0, 2), whole.Share(1, 2));
        Assert.Equal((0.0, 0.0), (first.Spent(0), second.Spent(0)));
        clock.Seconds = 4;
        Assert.Equal((0.8, 0.0), (first.Spent(0), second.Spent(0)));
        clock.Seconds = 9;
        Assert.Equal((1.0, 0.8), (first.Spent(0), Math.Round(second.Spent(0), 9)));
    }

    private sealed class Ticking : TimeProvider
    {
        public double Seconds { get; set; }
        public override long TimestampFrequency => 1_000;
        public override long GetTimestamp() => (long)(Seconds * 1_000);
    }
}
