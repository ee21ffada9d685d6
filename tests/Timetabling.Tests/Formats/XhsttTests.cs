using System.Text;
using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Tests.Formats;

public sealed class XhsttTests
{
    private const string Instance = """
        <Instance Id="Small">
          <MetaData><Name>Small school</Name></MetaData>
          <Times>
            <TimeGroups><Day Id="Mo"><Name>Mo</Name></Day><TimeGroup Id="Early"><Name>Early</Name></TimeGroup></TimeGroups>
            <Time Id="Mo1"><Name>Mo1</Name><Day Reference="Mo"/><TimeGroups><TimeGroup Reference="Early"/></TimeGroups></Time>
            <Time Id="Mo2"><Name>Mo2</Name><Day Reference="Mo"/></Time>
            <Time Id="Mo3"><Name>Mo3</Name><Day Reference="Mo"/></Time>
          </Times>
          <Resources>
            <ResourceTypes><ResourceType Id="Teacher"><Name>T</Name></ResourceType><ResourceType Id="Room"><Name>R</Name></ResourceType></ResourceTypes>
            <ResourceGroups><ResourceGroup Id="Staff"><Name>Staff</Name><ResourceType Reference="Teacher"/></ResourceGroup></ResourceGroups>
            <Resource Id="Ada"><Name>Ada</Name><ResourceType Reference="Teacher"/><ResourceGroups><ResourceGroup Reference="Staff"/></ResourceGroups></Resource>
            <Resource Id="Bob"><Name>Bob</Name><ResourceType Reference="Teacher"/><ResourceGroups><ResourceGroup Reference="Staff"/></ResourceGroups></Resource>
            <Resource Id="Lab"><Name>Lab</Name><ResourceType Reference="Room"/></Resource>
          </Resources>
          <Events>
            <EventGroups><EventGroup Id="AllEvents"><Name>All</Name></EventGroup><Course Id="Maths"><Name>M</Name></Course></EventGroups>
            <Event Id="M1"><Name>M1</Name><Duration>2</Duration><Course Reference="Maths"/>
              <Resources>
                <Resource Reference="Ada"><Role>Teacher</Role><ResourceType Reference="Teacher"/></Resource>
                <Resource><Role>Room</Role><ResourceType Reference="Room"/><Workload>3</Workload></Resource>
              </Resources>
              <EventGroups><EventGroup Reference="AllEvents"/></EventGroups></Event>
            <Event Id="Meeting"><Name>Meeting</Name><Duration>1</Duration><Time Reference="Mo3"/>
              <ResourceGroups><ResourceGroup Reference="Staff"/></ResourceGroups>
              <EventGroups><EventGroup Reference="AllEvents"/></EventGroups></Event>
          </Events>
          <Constraints>
            <AssignTimeConstraint Id="C1"><Name>Assign</Name><Required>true</Required><Weight>1</Weight><CostFunction>Linear</CostFunction>
              <AppliesTo><EventGroups><EventGroup Reference="AllEvents"/></EventGroups></AppliesTo></AssignTimeConstraint>
            <AvoidClashesConstraint Id="C2"><Name>Clash</Name><Required>true</Required><Weight>2</Weight><CostFunction>Quadratic</CostFunction>
              <AppliesTo><ResourceGroups><ResourceGroup Reference="Staff"/></ResourceGroups></AppliesTo></AvoidClashesConstraint>
            <PreferTimesConstraint Id="C3"><Name>Early</Name><Required>false</Required><Weight>5</Weight><CostFunction>Linear</CostFunction>
              <AppliesTo><Events><Event Reference="M1"/></Events></AppliesTo><TimeGroups><TimeGroup Reference="Early"/></TimeGroups><Duration>2</Duration></PreferTimesConstraint>
          </Constraints>
        </Instance>
        """;

    private const string Solutions = """
        <SolutionGroups><SolutionGroup Id="G"><Solution Reference="Small"><Events>
          <Event Reference="M1"><Duration>2</Duration><Time Reference="Mo2"/><Resources><Resource Reference="Lab"><Role>Room</Role></Resource></Resources></Event>
        </Events></Solution><Solution Reference="Elsewhere"><Events/></Solution></SolutionGroup></SolutionGroups>
        """;

    private const string Archive = $"<HighSchoolTimetableArchive><Instances>{Instance}</Instances>{Solutions}</HighSchoolTimetableArchive>";

    private static XhsttArchive Read(string text) => XhsttReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_instance_is_read_with_its_groups_slots_and_constraints()
    {
        var archive = Read(Archive);
        Assert.Empty(archive.Warnings);
        var problem = Assert.Single(archive.Problems);
        Assert.Equal(("Small", "Small school", 3), (problem.Id, problem.Name, problem.Times.Count));
        Assert.Equal([("Mo", 3), ("Early", 1)], problem.TimeGroups.Select(g => (g.Id, g.Members.Count)));
        var (maths, meeting) = (problem.Events[0], problem.Events[1]);
        Assert.Equal((2, -1, "Room", -1, 3.0), (maths.Duration, maths.Time, maths.Slots[1].Role, maths.Slots[1].Preassigned, maths.Slots[1].Workload));
        Assert.Equal((1, 2), (meeting.Duration, meeting.Time));
        Assert.Equal([0, 1], meeting.Slots.Select(s => s.Preassigned));
        var clashes = Assert.IsType<AvoidClashes>(problem.Constraints[1]);
        Assert.Equal((true, 2, CostFunction.Quadratic), (clashes.Required, clashes.Weight, clashes.CostFunction));
        Assert.Equal(2, Assert.IsType<PreferTimes>(problem.Constraints[2]).Duration);
    }

    [Fact]
    public void An_instance_alone_is_read_as_well() => Assert.Equal("Small", Assert.Single(Read(Instance).Problems).Id);

    [Fact]
    public void A_solution_is_read_scored_and_written_so_that_it_is_read_the_same()
    {
        var archive = Read(Archive);
        var (group, problem, meets, faults) = Assert.Single(archive.Solutions);
        Assert.Equal(("G", 0), (group, faults.Count));
        // Ada's Maths runs into the meeting (2 × 1²) and starts late (5 × 2 hours).
        Assert.Equal((2, 10), (EventScore.Measure(problem, meets).Infeasibility, EventScore.Measure(problem, meets).Objective));
        var text = XhsttSolutions.Write("G", "", [(problem, meets)]);
        var again = Assert.Single(XhsttSolutions.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), archive.Problems));
        Assert.Equal(meets.Select(m => (m.Event, m.Duration, m.Time, string.Join(' ', m.Resources))), again.Meets.Select(m => (m.Event, m.Duration, m.Time, string.Join(' ', m.Resources))));
        Assert.Contains("<InfeasibilityValue>2</InfeasibilityValue>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Meets_that_do_not_add_up_are_a_fault()
        => Assert.Contains("durations sum to 1, not 2", Assert.Single(Assert.Single(Read(Archive.Replace("<Duration>2</Duration><Time", "<Duration>1</Duration><Time", StringComparison.Ordinal)).Solutions).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("<Role>Room</Role></Resource></Resources></Event>", "<Role>Cook</Role></Resource></Resources></Event>", "has no role 'Cook'")]
    [InlineData("<Time Reference=\"Mo2\"/>", "<Time Reference=\"Mo9\"/>", "time 'Mo9' is not defined")]
    [InlineData("<Event Reference=\"M1\"><Duration>", "<Event Reference=\"M9\"><Duration>", "event 'M9' is not defined")]
    public void A_solution_that_does_not_fit_is_refused_with_its_position(string old, string wrong, string expected)
    {
        var error = Assert.Throws<InputException>(() => Read(Archive.Replace(old, wrong, StringComparison.Ordinal)).Solutions);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(error.Line > 0);
    }

    [Theory]
    [InlineData("<Duration>2</Duration></PreferTimesConstraint>", "<Duration>2</Duration><Moon/></PreferTimesConstraint>", "element <Moon> in <PreferTimesConstraint>")]
    [InlineData("PreferTimesConstraint", "PreferMoonConstraint", "constraint <PreferMoonConstraint> is not understood")]
    [InlineData("<Day Reference=\"Mo\"/></Time>", "<Day Reference=\"Mo\"/><Moon/></Time>", "element <Moon> in <Time>")]
    public void What_is_not_understood_is_reported_with_its_line(string old, string odd, string expected)
    {
        var warnings = Read(Archive.Replace(old, odd, StringComparison.Ordinal)).Warnings;
        Assert.NotEmpty(warnings);
        Assert.Contains(expected, warnings[0].Message, StringComparison.Ordinal);
        Assert.True(warnings[0].Line > 0);
    }

    [Theory]
    [InlineData("<Time Id=\"Mo2\">", "<Time Id=\"Mo1\">", "time 'Mo1' is defined twice")]
    [InlineData("<Time Id=\"Mo2\">", "<Time>", "lacks its Id")]
    [InlineData("<Resource Reference=\"Ada\">", "<Resource Reference=\"Eve\">", "resource 'Eve' is not defined")]
    [InlineData("<Day Reference=\"Mo\"/></Time>", "<Day Reference=\"Su\"/></Time>", "time group 'Su' is not defined")]
    [InlineData("<Course Reference=\"Maths\"/>", "<Course Reference=\"Latin\"/>", "event group 'Latin' is not defined")]
    [InlineData("<Duration>2</Duration><Course", "<Duration>two</Duration><Course", "'two' is not a whole number")]
    [InlineData("<Duration>2</Duration><Course", "<Duration>7</Duration><Course", "does not fit into 3 times")]
    [InlineData("<Duration>2</Duration><Course", "<Course", "lacks <Duration>")]
    [InlineData("<Duration>1</Duration><Time Reference=\"Mo3\"/>", "<Duration>2</Duration><Time Reference=\"Mo3\"/>", "past the last time")]
    [InlineData("<Weight>5</Weight>", "<Weight>heavy</Weight>", "'heavy' is not a whole number")]
    [InlineData("<Weight>5</Weight>", "<Weight>-5</Weight>", "a weight of -5")]
    [InlineData("<Required>false</Required>", "<Required>maybe</Required>", "must be true or false")]
    [InlineData("<CostFunction>Quadratic</CostFunction>", "<CostFunction>Cubic</CostFunction>", "cost function 'Cubic'")]
    [InlineData("<Workload>3</Workload>", "<Workload>NaN</Workload>", "'NaN' is not a workload")]
    [InlineData("</Constraints>", "", "not well-formed")]
    [InlineData("HighSchoolTimetableArchive", "School", "must be <HighSchoolTimetableArchive>")]
    public void Wrong_input_is_named_with_its_position(string old, string wrong, string expected)
    {
        var error = Assert.Throws<InputException>(() => Read(Archive.Replace(old, wrong, StringComparison.Ordinal)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(error is { Line: > 0, Column: > 0 });
    }

    [Fact]
    public void An_archive_without_instances_and_an_empty_file_are_refused()
    {
        Assert.Contains("no <Instance>", Assert.Throws<InputException>(() => Read("<HighSchoolTimetableArchive><Instances/></HighSchoolTimetableArchive>")).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<InputException>(() => Read("")).Message, StringComparison.Ordinal);
    }
}
