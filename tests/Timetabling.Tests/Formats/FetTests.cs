using System.IO.Compression;
using System.Text;
using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Tests.Formats;

public sealed class FetTests
{
    private const string Small = """
        <?xml version="1.0" encoding="UTF-8"?>
        <fet version="6.1.0">
        <Mode>Official</Mode>
        <Days_List><Number_of_Days>2</Number_of_Days><Day><Name>Mon</Name></Day><Day><Name>Tue</Name></Day></Days_List>
        <Hours_List><Number_of_Hours>3</Number_of_Hours><Hour><Name>9:00</Name></Hour><Hour><Name>10:00</Name></Hour><Hour><Name>11:00</Name></Hour></Hours_List>
        <Teachers_List><Teacher><Name>Ada</Name></Teacher></Teachers_List>
        <Students_List><Year><Name>1</Name><Number_of_Students>20</Number_of_Students>
          <Group><Name>1a</Name><Number_of_Students>10</Number_of_Students><Subgroup><Name>s</Name><Number_of_Students>5</Number_of_Students></Subgroup></Group>
          <Group><Name>1b</Name><Number_of_Students>10</Number_of_Students><Subgroup><Name>s</Name><Number_of_Students>5</Number_of_Students></Subgroup></Group></Year></Students_List>
        <Activities_List>
          <Activity><Teacher>Ada</Teacher><Subject>M</Subject><Students>1a</Students><Duration>2</Duration><Total_Duration>3</Total_Duration><Id>1</Id><Activity_Group_Id>1</Activity_Group_Id><Active>true</Active></Activity>
          <Activity><Teacher>Ada</Teacher><Subject>M</Subject><Students>1a</Students><Duration>1</Duration><Total_Duration>3</Total_Duration><Id>2</Id><Activity_Group_Id>1</Activity_Group_Id><Active>true</Active></Activity>
          <Activity><Teacher>Ada</Teacher><Subject>M</Subject><Students>1b</Students><Duration>1</Duration><Id>3</Id><Activity_Group_Id>0</Activity_Group_Id><Active>false</Active></Activity>
        </Activities_List>
        <Rooms_List><Room><Name>R "1"</Name><Building></Building><Capacity>30</Capacity><Virtual>false</Virtual></Room></Rooms_List>
        <Time_Constraints_List>
          <ConstraintBasicCompulsoryTime><Weight_Percentage>100</Weight_Percentage></ConstraintBasicCompulsoryTime>
          <ConstraintMinDaysBetweenActivities><Weight_Percentage>95</Weight_Percentage><Consecutive_If_Same_Day>true</Consecutive_If_Same_Day><Number_of_Activities>2</Number_of_Activities><Activity_Id>1</Activity_Id><Activity_Id>2</Activity_Id><MinDays>1</MinDays></ConstraintMinDaysBetweenActivities>
          <ConstraintTeacherNotAvailableTimes><Weight_Percentage>100</Weight_Percentage><Teacher>Ada</Teacher><Not_Available_Time><Day>Mon</Day><Hour>9:00</Hour></Not_Available_Time></ConstraintTeacherNotAvailableTimes>
          <ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>3</Activity_Id><Preferred_Day>Mon</Preferred_Day><Preferred_Hour></Preferred_Hour></ConstraintActivityPreferredStartingTime>
          <ConstraintSubactivitiesPreferredStartingTimes><Weight_Percentage>60</Weight_Percentage><Component_Number>2</Component_Number><Preferred_Starting_Time><Preferred_Starting_Day>Tue</Preferred_Starting_Day><Preferred_Starting_Hour>11:00</Preferred_Starting_Hour></Preferred_Starting_Time></ConstraintSubactivitiesPreferredStartingTimes>
          <ConstraintMoonPhase><Weight_Percentage>100</Weight_Percentage></ConstraintMoonPhase>
        </Time_Constraints_List>
        <Space_Constraints_List>
          <ConstraintSubjectPreferredRoom><Weight_Percentage>100</Weight_Percentage><Subject>M</Subject><Room>R "1"</Room></ConstraintSubjectPreferredRoom>
        </Space_Constraints_List>
        </fet>
        """;

    private static FetFile Read(string text) => FetReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_school_is_read_with_its_people_lessons_and_rules()
    {
        var school = Read(Small).School;
        Assert.Equal((2, 3, 1, 2), (school.Grid.DayCount, school.Grid.HoursPerDay, school.Teachers.Count, school.Activities.Count));
        Assert.Equal("s", Assert.Single(school.StudentSets[0].Leaves()).Name);
        Assert.Equal((2, 2), (school.Activities[0].Duration, school.Activities[1].Component));
        var apart = Assert.Single(school.Rules.OfType<MinDaysBetween>());
        Assert.Equal((95.0, 9_500L, 1), (apart.Weight, apart.SoftUnits, apart.MinDays));
        Assert.True(Assert.Single(school.Rules.OfType<AdjacentIfSameDay>()).IsHard);
        Assert.Equal(school.Activities[1], Assert.Single(Assert.Single(school.Rules.OfType<PreferredStarts>()).Activities));
        Assert.Empty(school.Rules.OfType<PreferredStart>());
    }

    [Fact]
    public void A_constraint_not_understood_is_reported_with_its_line()
    {
        var warning = Assert.Single(Read(Small).Warnings);
        Assert.Contains("MoonPhase", warning.Message, StringComparison.Ordinal);
        Assert.Equal(Small.Split('\n').ToList().FindIndex(l => l.Contains("MoonPhase", StringComparison.Ordinal)) + 1, warning.Line);
    }

    [Fact]
    public void A_gzipped_school_reads_the_same()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(Small));
        Assert.Equal(2, FetReader.Read(new MemoryStream(packed.ToArray())).School.Activities.Count);
    }

    [Fact]
    public void A_timetable_survives_writing_and_reading()
    {
        var school = Read(Small).School;
        var solved = TimetableSolver.Solve(school, Sample.Options());
        Assert.Equal(SolveStatus.Complete, solved.Status);
        var text = TimetableCsv.Write(solved.Timetable);
        Assert.Contains("\"R \"\"1\"\"\"", text, StringComparison.Ordinal);
        Assert.Equal(text, TimetableCsv.Write(TimetableCsv.Read(school, text)));
    }

    [Fact]
    public void A_school_written_with_locks_has_one_timetable()
    {
        var file = Read(Small);
        var solved = TimetableSolver.Solve(file.School, Sample.Options());
        var locked = Read(FetWriter.Write(file, solved.Timetable));
        Assert.Equal(2, locked.School.Rules.OfType<PreferredStart>().Count());
        var again = TimetableSolver.Solve(locked.School, Sample.Options(seed: 5));
        Assert.Equal(TimetableCsv.Write(solved.Timetable), TimetableCsv.Write(again.Timetable));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<fet><Days_List>", "line 1")]
    [InlineData("<html/>", "not a .fet file")]
    [InlineData("<fet/>", "at least one day")]
    [InlineData("<fet><Mode>Terms</Mode></fet>", "mode 'Terms'")]
    [InlineData("<!DOCTYPE fet [<!ENTITY a \"b\">]><fet>&a;</fet>", "undeclared entity")]
    public void Input_that_is_no_school_is_refused_in_words(string text, string expected)
        => Assert.Contains(expected, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Elements_nested_without_end_are_refused_at_once()
        => Assert.Contains("nested deeper", Assert.Throws<InputException>(() => Read(string.Concat(Enumerable.Repeat("<fet>", 100_000)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<Weight_Percentage>100", "<Weight_Percentage>NaN", "'NaN' is not a weight")]
    [InlineData("<Teacher>Ada</Teacher><Subject>M</Subject><Students>1b", "<Teacher>Eve</Teacher><Subject>M</Subject><Students>1b", null)]
    [InlineData("<Duration>2</Duration>", "<Duration>4</Duration>", "lasts 4 hours")]
    [InlineData("<Duration>2</Duration>", "<Duration>two</Duration>", "'two' is not a whole number")]
    [InlineData("<Id>2</Id>", "<Id>1</Id>", "number 1")]
    [InlineData("<Id>2</Id>", "", "lacks <Id>")]
    [InlineData("<Day>Mon</Day><Hour>9:00", "<Day>Sun</Day><Hour>9:00", "day 'Sun' is not defined")]
    [InlineData("<Activity_Id>2</Activity_Id>", "<Activity_Id>77</Activity_Id>", "lesson 77 is not defined")]
    [InlineData("<Weight_Percentage>95<", "<Weight_Percentage>195<", "not a weight")]
    [InlineData("<Subject>M</Subject><Room>R \"1\"", "<Subject>M</Subject><Room>R2", "room 'R2' is not defined")]
    public void A_wrong_element_is_named_with_its_line(string old, string wrong, string? expected)
    {
        var text = Small.Replace(old, wrong, StringComparison.Ordinal);
        if (expected is null)
        {
            // A switched-off lesson is dropped before its people are looked up.
            Assert.Equal(2, Read(text).School.Activities.Count);
            return;
        }
        var error = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(error.Line > 1, error.Message);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_never_half_read()
    {
        for (var length = 1; length < Small.TrimEnd().Length; length += 97)
            Assert.Throws<InputException>(() => Read(Small[..length]));
    }

    [Theory]
    [InlineData("1,Mon", "line 1")]
    [InlineData("1,Mon,9:00,\n9,Mon,9:00,", "line 2: lesson 9")]
    [InlineData("1,Someday,9:00,", "day 'Someday'")]
    [InlineData("1,Mon,9:00,Attic", "room 'Attic'")]
    [InlineData("1,\"Mon,9:00", "not closed")]
    public void A_wrong_row_is_named_with_its_line(string csv, string expected)
        => Assert.Contains(expected, Assert.Throws<InputException>(() => TimetableCsv.Read(Read(Small).School, csv)).Message, StringComparison.Ordinal);

    [Fact]
    public void Days_and_hours_may_be_numbers_and_a_lesson_may_have_a_row_per_hour()
    {
        var school = Read(Small).School;
        var table = TimetableCsv.Read(school, "1,1,1,\n1,1,2,\n2,Mon,10:00,\n");
        Assert.Equal((4, 1), (table.StartOf(school.Activities[0]), table.StartOf(school.Activities[1])));
    }
}
