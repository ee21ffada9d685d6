using Tessera.Kernel.Identity;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Tests.Tenancy;

public sealed class DemoStepsTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_builds_on_a_colleagues_work_of_the_same_day_comes_after_it()
    {
        var (ann, bob) = (Person("Ann"), Person("Bob"));
        var done = new List<string>();
        (DateTimeOffset, User, Action) Step(int minutes, User by, string what) => (Morning.AddMinutes(minutes), by, () => done.Add(what));

        var runs = DemoSteps.InRuns([Step(420, ann, "calls them"), Step(0, ann, "begins"), Step(10, ann, "goes on"), Step(360, bob, "enters them"), Step(24 * 60, ann, "next day")]).ToList();
        foreach (var change in runs.SelectMany(run => run.Changes))
        {
            change();
        }

        Assert.Equal(["begins", "goes on", "enters them", "calls them", "next day"], done);
        Assert.Equal([("Ann", 2), ("Bob", 1), ("Ann", 1), ("Ann", 1)], runs.Select(run => (run.By.FullName, run.Changes.Count)));
    }

    private static User Person(string name) => new() { Email = $"{name}@demo.test", FullName = name, Role = "manager" };
}
