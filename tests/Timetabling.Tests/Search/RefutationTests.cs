using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Tests.Search;

/// <summary>Contradictions planted into a solvable school are found, and the set named holds them and little else.</summary>
public sealed class RefutationTests
{
    public static TheoryData<string> Plants => [.. Planted(RandomSchool.Create()).Keys];

    private static Dictionary<string, Rule[]> Planted(School school)
    {
        var (teacher, set) = (school.Teachers[4], school.StudentSets[0]);
        var lessons = school.Activities.Where(a => a.Teachers.Contains(teacher)).ToList();
        var hours = lessons.Sum(a => a.Duration);
        var week = Enumerable.Range(0, 30).ToList();
        return new(StringComparer.Ordinal)
        {
            ["a teacher away too often"] = [new NotAvailable(Who.Teacher(teacher), [.. week.Skip(hours - 2)])],
            ["a class away too often"] = [new NotAvailable(Who.Students(set), [.. week.Skip(8)])],
            ["too few days"] = [new MaxDaysPerWeek(Who.Teacher(teacher), 1)],
            ["days and hours together"] = [new MaxDaysPerWeek(Who.Teacher(teacher), 3), new MaxHoursDaily(Who.Teacher(teacher), (hours + 4) / 5)],
            ["least above most"] = [new MinHoursDaily(Who.Teacher(teacher), 5, true), new MaxHoursDaily(Who.Teacher(teacher), 4)],
            ["more days than there are"] = [new MinDaysPerWeek(Who.Teacher(teacher), 4), new NotAvailable(Who.Teacher(teacher), [.. week.Take(12)])],
            ["six lessons on six days"] = [new MinDaysBetween([.. school.Activities.Where(a => a.Students.Contains(set)).Take(6)], 1)],
            ["two locks in one slot"] = [new PreferredStart(lessons[0], 1, 1), new PreferredStart(lessons[1], 1, 1)],
            ["a lock in an hour away"] = [new PreferredStart(lessons[0], 3, 3), new NotAvailable(Who.Teacher(teacher), [21])],
            ["each before the other"] = [new Ordered(lessons[0], lessons[1]), new Ordered(lessons[1], lessons[0])],
            ["together and of one teacher"] = [new SameStart([lessons[0], lessons[1]])],
            ["together and never together"] = [new SameStart([lessons[0], school.Activities[^2]]), new NotOverlapping([lessons[0], school.Activities[^2]])],
            ["each the day's last"] = [new EndsStudentsDay("Activities", [.. school.Activities.Where(a => a.Students.Contains(set)).Take(6)])],
            ["a course on more days than its teacher"] = [new MaxDaysPerWeek(Who.Teacher(teacher), 3), new MinDaysBetween([.. lessons.Take(4)], 1)],
            ["together and apart"] = [new SameStartDay([lessons[0], school.Activities[^1]]), new MinDaysBetween([lessons[0], school.Activities[^1]], 2)],
            ["a closed room"] = [new PreferredRooms("ActivityPreferredRoom", lessons, [school.Rooms[4]]), new RoomNotAvailable(school.Rooms[4], [.. week.Skip(hours - 3)])],
            ["a room too small"] = [new PreferredRooms("ActivityPreferredRoom", [lessons[0]], [school.AddRoom("Closet", 3)])],
        };
    }

    [Theory]
    [MemberData(nameof(Plants))]
    public void A_planted_contradiction_is_named(string plant)
    {
        var school = RandomSchool.Create();
        Assert.Empty(Refutation.Find(school));
        var planted = Planted(school)[plant];
        foreach (var rule in planted) school.Add(rule);
        var contradiction = Assert.Single(Refutation.Find(school));
        Assert.All(planted, rule => Assert.Contains(rule, contradiction.Rules));
        Assert.InRange(contradiction.Rules.Count, planted.Length, planted.Length + 5);
        Assert.False(string.IsNullOrWhiteSpace(contradiction.Message));
        var result = TimetableSolver.Solve(school, Sample.Options());
        Assert.Equal(SolveStatus.Impossible, result.Status);
    }
}
